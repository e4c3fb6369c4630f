// Reads one or several calendars on standard input with ical.js and prints what it understood, as JSON.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const parsed = ICAL.parse(readFileSync(0, "utf-8"));
// A single calendar is its own name, properties and components; several are a list of those.
const calendars = (typeof parsed[0] === "string" ? [parsed] : parsed).map((each) => new ICAL.Component(each));
const all = (name) => calendars.flatMap((calendar) => calendar.getAllSubcomponents(name));

for (const zone of all("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone), zone.getFirstPropertyValue("tzid"));
}

const moment = (time) => (time.isDate ? time.toString() : time.toJSDate().toISOString());

const events = all("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    location: event.location,
    description: event.description,
    starts: moment(event.startDate),
    ends: moment(event.endDate),
    status: component.getFirstPropertyValue("status"),
    transparency: component.getFirstPropertyValue("transp"),
    sequence: component.getFirstPropertyValue("sequence"),
    names: component.getAllProperties().map((property) => property.name.toUpperCase()),
  };
});

const first = (name) => calendars[0].getFirstPropertyValue(name)?.toString() ?? null;
console.log(JSON.stringify({ name: first("name"), refresh: first("refresh-interval"), method: first("method"), events }));
