"""Mail as it comes home: answers as calendars send them, reports as mail servers write them. All of it made up."""

from datetime import UTC, datetime
from email.message import EmailMessage

ANSWERED_AT = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)


def reply_calendar(
    uid: str,
    attendee: str,
    partstat: str = "ACCEPTED",
    *,
    sequence: int = 0,
    stamp: datetime | None = ANSWERED_AT,
    organizer: str = "",
    method: str = "REPLY",
) -> bytes:
    """A calendar that answers; Outlook leaves the organiser out."""
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Example//Calendar 1.0//EN",
        "VERSION:2.0",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"ATTENDEE;PARTSTAT={partstat}:mailto:{attendee}",
        *([f"ORGANIZER:mailto:{organizer}"] if organizer else []),
        f"UID:{uid}",
        f"SEQUENCE:{sequence}",
        *([f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"] if stamp else []),
        "DTSTART;VALUE=DATE:20270626",
        "SUMMARY:Accepted: HPN Midlands",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(lines).encode()


def message(to: str, *, sender: str = "ann@trust.example", subject: str = "Accepted", **headers: str) -> EmailMessage:
    """An email without a body yet."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    return mail


def answer(
    to: str, calendar: bytes, *, sender: str = "ann@trust.example", method: str = "REPLY", **headers: str
) -> bytes:
    """An answer as Google's and Apple's calendars send it: text, the calendar as an alternative, and as a file."""
    mail = message(to, sender=sender, **headers)
    mail.set_content("Ann has accepted this invitation.\n")
    mail.add_alternative(calendar.decode(), subtype="calendar", charset="utf-8", params={"method": method})
    mail.add_attachment(calendar, "application", "ics", filename="invite.ics")
    return mail.as_bytes()


def outlook_answer(to: str, calendar: bytes, *, sender: str = "Ann@Trust.Example", **headers: str) -> bytes:
    """An answer as Exchange sends it: two bodies and the calendar in base64, without a file."""
    mail = message(to, sender=f'"Marlowe, Ann (TRUST)" <{sender}>', **headers)
    mail.set_content("\n")
    mail.add_alternative("<p></p>", subtype="html")
    mail.add_alternative(
        calendar.decode(), subtype="calendar", charset="utf-8", cte="base64", params={"method": "REPLY"}
    )
    return mail.as_bytes()


def words(to: str, text: str, *, sender: str = "ann@trust.example", **headers: str) -> bytes:
    """What a person writes, or an absence note."""
    mail = message(to, sender=sender, subject="Re: Your place", **headers)
    mail.set_content(text)
    return mail.as_bytes()


POSTFIX = """\
Return-Path: <>
Delivered-To: {to}
Received: by mx.trust.example (Postfix)
\tid 4F1C02A; Wed, 10 Mar 2027 12:00:05 +0000 (GMT)
Date: Wed, 10 Mar 2027 12:00:05 +0000 (GMT)
From: MAILER-DAEMON@mx.trust.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4F1C029.1804852805/mx.trust.example"
Message-Id: <20270310120005.4F1C02A@mx.trust.example>

This is a MIME-encapsulated message.

--4F1C029.1804852805/mx.trust.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.trust.example.

<{about}>: host mbx.trust.example[192.0.2.7] said: {diagnosis}
    (in reply to RCPT TO command)

--4F1C029.1804852805/mx.trust.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.trust.example
X-Postfix-Queue-ID: 4F1C029
X-Postfix-Sender: rfc822; {to}
Arrival-Date: Wed, 10 Mar 2027 12:00:04 +0000 (GMT)

Final-Recipient: rfc822; {about}
Original-Recipient: rfc822;{about}
Action: {action}
Status: {status}
Remote-MTA: dns; mbx.trust.example
Diagnostic-Code: smtp; {diagnosis}

--4F1C029.1804852805/mx.trust.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Return-Path: <{to}>
Message-ID: {message_id}
From: events@events.example.org
To: {about}
Subject: We have noted your interest

--4F1C029.1804852805/mx.trust.example--
"""

EXCHANGE = """\
From: <postmaster@trust.example>
To: <{to}>
Date: Wed, 10 Mar 2027 12:00:05 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="b1ed9f5c-0b6c-4f4e-a4b3-7c1f7c4a2f10"
Content-Language: en-GB
Message-ID: <9d8f4f0b-34e9-4a2f-8b5c@LO2P123MB0001.PROD.OUTLOOK.COM>
In-Reply-To: {message_id}
Subject: Undeliverable: We have noted your interest
Auto-Submitted: auto-replied
MIME-Version: 1.0

--b1ed9f5c-0b6c-4f4e-a4b3-7c1f7c4a2f10
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="6d9a6c1e-2f7b-4a89-9a6d-8c24e1a2d5b7"

--6d9a6c1e-2f7b-4a89-9a6d-8c24e1a2d5b7
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Your message to {about} couldn't be delivered.=0D=0A

--6d9a6c1e-2f7b-4a89-9a6d-8c24e1a2d5b7
Content-Type: text/html; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

<p>Your message couldn't be delivered.</p>

--6d9a6c1e-2f7b-4a89-9a6d-8c24e1a2d5b7--

--b1ed9f5c-0b6c-4f4e-a4b3-7c1f7c4a2f10
Content-Type: message/delivery-status

Reporting-MTA: dns;LO2P123MB0001.PROD.OUTLOOK.COM
Received-From-MTA: dns;LO2P123CA0002.outlook.office365.com
Arrival-Date: Wed, 10 Mar 2027 12:00:04 +0000

Final-Recipient: rfc822;{about}
Action: {action}
Status: {status}
Diagnostic-Code: smtp;{diagnosis}

--b1ed9f5c-0b6c-4f4e-a4b3-7c1f7c4a2f10
Content-Type: message/rfc822

Return-Path: {to}
From: events@events.example.org
To: {about}
Message-ID: {message_id}
Subject: We have noted your interest
MIME-Version: 1.0
Content-Type: text/calendar; charset="utf-8"; method="REQUEST"

BEGIN:VCALENDAR
METHOD:REQUEST
END:VCALENDAR

--b1ed9f5c-0b6c-4f4e-a4b3-7c1f7c4a2f10--
"""

EXIM = """\
Return-path: <>
From: Mail Delivery System <Mailer-Daemon@mx.trust.example>
To: {to}
Auto-Submitted: auto-replied
X-Failed-Recipients: {about}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=1804852805-eximdsn-1133
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1kXxYz-0001Ab-Cd@mx.trust.example>

--1804852805-eximdsn-1133
Content-type: text/plain; charset=us-ascii

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {about}
    host mbx.trust.example [192.0.2.7]
    SMTP error from remote mail server after RCPT TO:<{about}>:
    {diagnosis}

--1804852805-eximdsn-1133
Content-type: message/delivery-status

Reporting-MTA: dns; mx.trust.example

Action: {action}
Final-Recipient: rfc822;{about}
Status: 5.0.0
Remote-MTA: dns; mbx.trust.example
Diagnostic-Code: smtp; {diagnosis}

--1804852805-eximdsn-1133
Content-type: message/rfc822

Return-path: <{to}>
Message-ID: {message_id}
From: events@events.example.org
To: {about}

Dear Ann

--1804852805-eximdsn-1133--
"""

GMAIL = """\
Delivered-To: {to}
Return-Path: <>
Received: by 2002:a05:6402:1234 with SMTP id x1; Wed, 10 Mar 2027 04:00:05 -0800 (PST)
Content-Type: multipart/report; boundary="000000000000a1b2c305e0f0a1b2"; report-type=delivery-status
To: {to}
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: {message_id}
In-Reply-To: {message_id}
Message-ID: <60ab.1c69fb81.1234@mx.google.com>
Date: Wed, 10 Mar 2027 04:00:05 -0800 (PST)

--000000000000a1b2c305e0f0a1b2
Content-Type: multipart/related; boundary="000000000000a1b2d305e0f0a1b3"

--000000000000a1b2d305e0f0a1b3
Content-Type: text/plain; charset="UTF-8"

** Address not found **

Your message wasn't delivered to {about}.

--000000000000a1b2d305e0f0a1b3--
--000000000000a1b2c305e0f0a1b2
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Arrival-Date: Wed, 10 Mar 2027 04:00:04 -0800 (PST)
X-Original-Message-ID: {message_id}

Final-Recipient: rfc822; {about}
Action: {action}
Status: {status}
Remote-MTA: dns; gmail-smtp-in.l.google.com. (192.0.2.27, the server for the domain.)
Diagnostic-Code: smtp; {diagnosis}
Last-Attempt-Date: Wed, 10 Mar 2027 04:00:05 -0800 (PST)

--000000000000a1b2c305e0f0a1b2
Content-Type: message/rfc822

Message-ID: {message_id}
From: events@events.example.org
To: {about}

Dear Ann

--000000000000a1b2c305e0f0a1b2--
"""

OLD_EXIM = """\
Return-path: <>
X-Failed-Recipients: {about}
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.trust.example>
To: {to}
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1kXxYz-0001Ab-Ce@mx.trust.example>

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {about}
    {diagnosis}

------ This is a copy of the message, including all the headers. ------

Return-path: <{to}>
Message-ID: {message_id}
"""

ARF = """\
From: <feedback@provider.example>
To: <{to}>
Subject: FW: What is on in June
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part1_13d.2e68ed54"

--part1_13d.2e68ed54
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report.

--part1_13d.2e68ed54
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <{path}>
Original-Rcpt-To: <{about}>
Received-Date: Wed, 10 Mar 2027 12:00:05 +0000

--part1_13d.2e68ed54
Content-Type: message/rfc822

From: <events@events.example.org>
To: <{about}>
Message-ID: {message_id}
Subject: What is on in June

Dear Ann
--part1_13d.2e68ed54--
"""

STYLES = {"postfix": POSTFIX, "exchange": EXCHANGE, "exim": EXIM, "gmail": GMAIL, "old exim": OLD_EXIM}
NO_SUCH_USER = "550 5.1.1 No such user here"


def bounce(
    style: str,
    to: str,
    *,
    about: str = "ann@trust.example",
    message_id: str = "<0@elsewhere.example>",
    action: str = "failed",
    status: str = "5.1.1",
    diagnosis: str = NO_SUCH_USER,
) -> bytes:
    """A report in the style of a mail server, that a letter to `about` did not arrive."""
    return (
        STYLES[style]
        .format(to=to, about=about, message_id=message_id, action=action, status=status, diagnosis=diagnosis)
        .encode()
    )


def complaint(
    to: str,
    *,
    path: str = "bounce@elsewhere.example",
    about: str = "ann@trust.example",
    message_id: str = "<0@elsewhere.example>",
    kind: str = "abuse",
) -> bytes:
    """A report that a reader pressed "junk" (RFC 5965)."""
    return ARF.format(to=to, path=path, about=about, message_id=message_id, kind=kind).encode()
