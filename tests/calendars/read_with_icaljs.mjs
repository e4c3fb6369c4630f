// Reads a calendar on standard input with ical.js and prints what it understood, as JSON.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf-8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone), zone.getFirstPropertyValue("tzid"));
}

const moment = (time) => (time.isDate ? time.toString() : time.toJSDate().toISOString());

const events = calendar.getAllSubcomponents("vevent").map((component) => {
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
  };
});

const first = (name) => calendar.getFirstPropertyValue(name)?.toString() ?? null;
console.log(JSON.stringify({ name: first("name"), refresh: first("refresh-interval"), method: first("method"), events }));
