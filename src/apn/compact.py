#!/usr/bin/env python3
"""Writes providers.txt, the compact form of mobile-broadband-provider-info that is built into homing.

By hand, when a new version of the database is out:

    python3 src/apn/compact.py /usr/share/mobile-broadband-provider-info/serviceproviders.xml \
        20230416 2023-04-16 > src/apn/providers.txt

The two words behind the file are the version and the day of the database. The database is in the public domain
(Creative Commons public domain dedication, in the head of the file itself), and so is what this writes. Only GSM
networks are taken, and access points but for those that are for MMS or WAP alone; a network whose operator has none is
kept, so that homing can say which operator it is. An access point that is not said to be for the internet is an O line. Each line is a kind, and fields with a tab between them; empty fields at the end are left out.
"""

import sys
import xml.etree.ElementTree as tree

HEAD = """\
# Compact form of mobile-broadband-provider-info, written by compact.py: do not edit.
# The database and this form of it are in the public domain (Creative Commons public domain dedication).
# D name version day | C code name | P operator networks | A apn plans label user password | O the same, usage"""


def text(element, path):
    """The first text at a path without a language of its own, with single blanks."""
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    found = [one for one in element.findall(path) if language not in one.attrib]
    return " ".join((found[0].text or "").split()) if found else ""


def line(*fields):
    assert not any("\t" in field or "\n" in field for field in fields), fields
    print("\t".join(fields).rstrip("\t"))


def main(file, version, day):
    print(HEAD)
    line("D", "mobile-broadband-provider-info", version, day)
    for country in tree.parse(file).getroot().findall("country"):
        providers = [(one, one.find("gsm")) for one in country.findall("provider")]
        providers = [(one, gsm) for one, gsm in providers if gsm is not None]
        if not providers:
            continue
        line("C", country.get("code"), text(country, "name"))
        for provider, gsm in providers:
            networks = [one.get("mcc") + "-" + one.get("mnc") for one in gsm.findall("network-id")]
            line("P", text(provider, "name"), " ".join(networks))
            for apn in gsm.findall("apn"):
                usage = [usage.get("type") for usage in apn.findall("usage")]
                if usage and all(one in ("mms", "wap") for one in usage):
                    continue
                plans = ",".join(plan.get("type") for plan in apn.findall("plan"))
                words = [text(apn, path) for path in ("name", "username", "password")]
                if "internet" in usage:
                    line("A", apn.get("value").strip(), plans, *words)
                else:
                    line("O", apn.get("value").strip(), plans, *words, ",".join(usage))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
