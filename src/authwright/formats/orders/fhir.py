"""Orders from a FHIR R4 bundle: the Da Vinci PAS request bundle (a preauthorization Claim with the
resources that it refers to).

The resources are read as plain JSON: bundles from the field break the profile in small ways, and an
order with a gap is worth more here than a refusal. What is wrong is reported at its place.
Source: HL7 Da Vinci PAS 2.2.1, profile-claim and profile-pas-request-bundle.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from authwright.core.order import Order
from authwright.formats.orders.build import build_order, duplicates
from authwright.formats.orders.tree import Cell, Log, Tree, put
from authwright.formats.places import JsonPlaces, Path, Place

_NPI = "http://hl7.org/fhir/sid/us-npi"
_PROCEDURES = (
    "http://www.ama-assn.org/go/cpt",
    "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
    "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
    "http://terminology.hl7.org/CodeSystem/HCPCS-all-codes",
    "https://bluebutton.cms.gov/resources/codesystem/hcpcs",
    "urn:oid:2.16.840.1.113883.6.285",
    "urn:oid:2.16.840.1.113883.6.12",
)
_DIAGNOSES = ("http://hl7.org/fhir/sid/icd-10-cm", "urn:oid:2.16.840.1.113883.6.90")
_PLACES = ("Place_of_Service", "place-of-service")
_OTHER_BUNDLES = {
    "inquiry-request": "an inquiry about earlier requests",
    "inquiry-response": "an answer to an inquiry",
    "response-bundle": "an answer to a request",
}
_EXPEDITED = frozenset({"stat", "urgent", "emergency"})
_LEVEL_OF_SERVICE = "extension-levelOfServiceCode"
_URGENT_LEVELS = frozenset({"U", "03"})
"""X12 1338: U urgent, 03 emergency."""


@dataclass(frozen=True, slots=True)
class _Node:
    """A piece of a resource with the path by which it can be found in the text."""

    value: Any
    path: Path

    def __getitem__(self, key: str) -> "_Node":
        inner = self.value.get(key) if isinstance(self.value, Mapping) else None
        return _Node(inner, (*self.path, key))

    def items(self) -> Iterator["_Node"]:
        if isinstance(self.value, list):
            for number, item in enumerate(self.value):
                yield _Node(item, (*self.path, number))

    def first(self) -> "_Node":
        return next(self.items(), _Node(None, self.path))

    @property
    def text(self) -> str:
        return str(self.value).strip() if isinstance(self.value, (str, int)) else ""

    def __bool__(self) -> bool:
        return self.value not in (None, "", [], {})


def orders_from_bundle(value: Any, places: JsonPlaces, log: Log) -> list[Order]:
    """One order for each preauthorization Claim in the bundle."""
    if value.get("resourceType") != "Bundle":
        log.error(
            "ORD018",
            places(("resourceType",)),
            f"this is a {value.get('resourceType')}: expected a Bundle with a Claim in it",
            "Send the PAS request bundle, so that patient, coverage and providers come along.",
        )
        return []
    bundle = _Bundle(_Node(value, ()), places, log)
    if kind := bundle.not_a_request():
        log.error("ORD018", places(("meta",)), f"this bundle is {kind}: expected a PAS request bundle")
        return []
    claims = bundle.claims()
    if not claims:
        kinds = sorted({node["resourceType"].text for node in bundle.resources} - {""})
        log.error(
            "ORD018",
            places(("entry",)),
            f"the bundle has no Claim: it holds {', '.join(kinds) or 'nothing'}",
            "Expected a PAS request bundle: a Claim with use preauthorization and what it refers to.",
        )
    made = []
    for claim in claims:
        here = places(claim.path)
        made.append((build_order(bundle.order(claim), here, log), here))
    return duplicates(made, log)


class _Bundle:
    def __init__(self, root: _Node, places: JsonPlaces, log: Log) -> None:
        self._root, self._places, self._log = root, places, log
        self.resources: list[_Node] = []
        self._by_reference: dict[str, _Node] = {}
        for entry in root["entry"].items():
            resource = entry["resource"]
            if not isinstance(resource.value, Mapping):
                continue
            self.resources.append(resource)
            if full := entry["fullUrl"].text:
                self._by_reference[full] = resource
            kind, identifier = resource["resourceType"].text, resource["id"].text
            self._by_reference.setdefault(f"{kind}/{identifier}", resource)

    def not_a_request(self) -> str:
        """What the bundle's profile says it is, if that is no request; else ""."""
        profiles = " ".join(p.text for p in self._root["meta"]["profile"].items())
        return next((words for mark, words in _OTHER_BUNDLES.items() if mark in profiles), "")

    def claims(self) -> list[_Node]:
        """The claims, without those that another one updates."""
        claims = [node for node in self.resources if node["resourceType"].text == "Claim"]
        updated = {
            related["claim"]["reference"].text.split("/")[-1]
            for claim in claims
            for related in claim["related"].items()
        }
        return [claim for claim in claims if claim["id"].text not in updated]

    def order(self, claim: _Node) -> Tree:
        tree: Tree = {}
        identifier = claim["identifier"].first()["value"]
        self._put(tree, "order.id", identifier or claim["id"])
        self._patient(tree, self._follow(claim["patient"], claim))
        tree["coverages"] = [self._coverage(i, claim) for i in _in_focus(claim["insurance"])]
        tree["service_lines"] = [self._line(item, claim) for item in claim["item"].items()]
        tree["diagnoses"] = list(self._diagnoses(claim))
        self._provider(tree, "requesting_provider", self._follow(claim["provider"], claim))
        self._care_team(tree, claim)
        self._facility(tree, claim)
        self._urgency(tree, claim)
        self._admission(tree, claim)
        tree["documents"] = list(self._documents(claim))
        self._notes(tree, claim)
        return tree

    # Helpers

    def _place(self, node: _Node) -> Place:
        return self._places(node.path)

    def _cell(self, node: _Node, *, kept: bool = False) -> Cell:
        return Cell(node.text, self._place(node), kept)

    def _put(self, tree: Tree, path: str, node: _Node) -> None:
        if node.text:
            put(tree, path, self._cell(node))

    def _follow(self, reference: _Node, owner: _Node) -> _Node:
        """The resource that a reference leads to: contained, by full URL, or by type and id."""
        target = reference["reference"].text
        if not target:
            return _Node(None, reference.path)
        if target.startswith("#"):
            for contained in owner["contained"].items():
                if contained["id"].text == target[1:]:
                    return contained
        found = self._by_reference.get(target) or self._by_reference.get("/".join(target.split("/")[-2:]))
        if found is None:
            self._log.warning(
                "ORD019",
                self._place(reference["reference"]),
                f"{target} is not in the bundle",
                "What it says is missing from the order; add the resource to the bundle.",
            )
        return found or _Node(None, reference.path)

    def _coding(self, concept: _Node, known: Sequence[str], what: str) -> Cell | None:
        """The code of a known system; else the first one, kept as it is, with a warning."""
        codings = [c for c in concept["coding"].items() if c["code"].text]
        for coding in codings:
            if any(system in coding["system"].text for system in known):
                return self._cell(coding["code"])
        for coding in codings:
            self._log.warning(
                "ORD020",
                self._place(coding),
                f"{coding['code'].text} is of {coding['system'].text or 'no system'}, not known for {what}",
                f"The code is kept as it is. Known: {known[0]}.",
            )
            return self._cell(coding["code"], kept=True)
        return None

    # Parts

    def _patient(self, tree: Tree, patient: _Node) -> None:
        name = next(
            (n for n in patient["name"].items() if n["use"].text in ("official", "usual")),
            patient["name"].first(),
        )
        self._put(tree, "patient.first_name", name["given"].first())
        self._put(tree, "patient.last_name", name["family"])
        self._put(tree, "patient.date_of_birth", patient["birthDate"])
        self._put(tree, "patient.sex", patient["gender"])
        for identifier in patient["identifier"].items():
            if identifier["type"]["coding"].first()["code"].text == "MR":
                self._put(tree, "patient.chart_number", identifier["value"])
        self._telecom(tree, "patient", patient)
        self._address(tree, "patient", patient["address"].first())

    def _telecom(self, tree: Tree, path: str, node: _Node) -> None:
        for contact in node["telecom"].items():
            if contact["system"].text in ("phone", "fax"):
                self._put(tree, f"{path}.{contact['system'].text}", contact["value"])

    def _address(self, tree: Tree, path: str, address: _Node) -> None:
        self._put(tree, f"{path}.address.line", address["line"].first())
        self._put(tree, f"{path}.address.city", address["city"])
        self._put(tree, f"{path}.address.state", address["state"])
        self._put(tree, f"{path}.address.postal_code", address["postalCode"])

    def _coverage(self, insurance: _Node, claim: _Node) -> Tree:
        tree: Tree = {}
        coverage = self._follow(insurance["coverage"], claim)
        self._put(tree, "member_id", _member_id(coverage))
        payer = self._follow(coverage["payor"].first(), coverage)
        if not payer:
            payer = self._follow(claim["insurer"], claim)
        self._put(tree, "payer", payer["name"])
        for grouped in coverage["class"].items():
            kind = grouped["type"]["coding"].first()["code"].text
            if kind in ("group", "plan"):
                leaf = "group_number" if kind == "group" else "plan"
                self._put(
                    tree, leaf, grouped["name"] if kind == "plan" and grouped["name"] else grouped["value"]
                )
        for coding in coverage["relationship"]["coding"].items():
            if "subscriber-relationship" in coding["system"].text:
                self._put(tree, "relationship", coding["code"])
        subscriber = coverage["subscriber"]
        if subscriber and (person := self._follow(subscriber, coverage)):
            self._put(tree, "subscriber_first_name", person["name"].first()["given"].first())
            self._put(tree, "subscriber_last_name", person["name"].first()["family"])
        return tree

    def _line(self, item: _Node, claim: _Node) -> Tree:
        tree: Tree = {}
        if code := self._coding(item["productOrService"], _PROCEDURES, "procedures"):
            tree["code"] = code
        self._put(tree, "description", item["productOrService"]["text"])
        tree["modifiers"] = [
            self._cell(coding["code"])
            for modifier in item["modifier"].items()
            if (coding := modifier["coding"].first()) and coding["code"].text
        ]
        quantity = item["quantity"]
        self._put(tree, "units", quantity["value"])
        if quantity["unit"].text or quantity["code"].text:
            self._put(tree, "unit_kind", quantity["code"] or quantity["unit"])
        self._put(tree, "start", item["servicedDate"] or item["servicedPeriod"]["start"])
        self._put(tree, "end", item["servicedPeriod"]["end"])
        place = item["locationCodeableConcept"]
        if place and (code := self._coding(place, _PLACES, "places of service")):
            tree["place_of_service"] = code
        return tree

    def _diagnoses(self, claim: _Node) -> Iterator[Tree]:
        for diagnosis in claim["diagnosis"].items():
            concept = diagnosis["diagnosisCodeableConcept"]
            if not concept and diagnosis["diagnosisReference"]:
                concept = self._follow(diagnosis["diagnosisReference"], claim)["code"]
            if code := self._coding(concept, _DIAGNOSES, "diagnoses"):
                yield {"code": code}

    def _provider(self, tree: Tree, path: str, resource: _Node) -> None:
        """A Practitioner, an Organization, or a PractitionerRole that leads to either."""
        if resource["resourceType"].text == "PractitionerRole":
            self._telecom(tree, path, resource)
            for key in ("practitioner", "organization"):
                if resource[key]:
                    self._provider(tree, path, self._follow(resource[key], resource))
            return
        for identifier in resource["identifier"].items():
            if identifier["system"].text == _NPI:
                self._put(tree, f"{path}.npi", identifier["value"])
            elif identifier["type"]["coding"].first()["code"].text == "TAX":
                self._put(tree, f"{path}.tax_id", identifier["value"])
        name = resource["name"]
        if isinstance(name.value, str):
            self._put(tree, f"{path}.organization", name)
        else:
            self._put(tree, f"{path}.first_name", name.first()["given"].first())
            self._put(tree, f"{path}.last_name", name.first()["family"])
        self._telecom(tree, path, resource)
        self._address(tree, path, resource["address"].first() or resource["address"])

    def _care_team(self, tree: Tree, claim: _Node) -> None:
        """The first member who isn't a referring or supervising one renders; role codes of
        claimcareteamrole and of X12 98 (DN referring, DQ supervising, 77 facility)."""
        for member in claim["careTeam"].items():
            role = member["role"]["coding"].first()["code"].text
            resource = self._follow(member["provider"], claim)
            if role in ("referring", "DN"):
                tree.pop("requesting_provider", None)
                self._provider(tree, "requesting_provider", resource)
            elif role in ("77", "FA"):
                self._provider(tree, "facility", resource)
            elif role not in ("supervisor", "DQ") and "rendering_provider" not in tree:
                self._provider(tree, "rendering_provider", resource)

    def _facility(self, tree: Tree, claim: _Node) -> None:
        if claim["facility"]:
            location = self._follow(claim["facility"], claim)
            self._provider(tree, "facility", location)
            if location["managingOrganization"]:
                self._provider(tree, "facility", self._follow(location["managingOrganization"], location))

    def _urgency(self, tree: Tree, claim: _Node) -> None:
        priority = claim["priority"]["coding"].first()["code"]
        urgent = priority if priority.text in _EXPEDITED else _Node(None, ())
        for extension in claim["extension"].items():
            if extension["url"].text.endswith(_LEVEL_OF_SERVICE):
                level = extension["valueCodeableConcept"]["coding"].first()["code"]
                urgent = level if level.text in _URGENT_LEVELS else urgent
        if urgent:
            put(tree, "request.expedited", Cell("yes", self._place(urgent)))

    def _admission(self, tree: Tree, claim: _Node) -> None:
        """A stay: its period is the date of every service that names none."""
        for info in claim["supportingInfo"].items():
            if info["category"]["coding"].first()["code"].text != "admissionDates":
                continue
            put(tree, "request.setting", Cell("inpatient", self._place(info)))
            for line in tree["service_lines"]:
                if "start" not in line:
                    self._put(line, "start", info["timingDate"] or info["timingPeriod"]["start"])
                    self._put(line, "end", info["timingPeriod"]["end"])

    def _documents(self, claim: _Node) -> Iterator[Tree]:
        """Attachments of supportingInfo: the DocumentReference's file, or the attachment itself."""
        for info in claim["supportingInfo"].items():
            attachment = info["valueAttachment"]
            if reference := info["valueReference"]:
                resource = self._follow(reference, claim)
                if resource["resourceType"].text != "DocumentReference":
                    continue
                attachment = resource["content"].first()["attachment"]
            path = attachment["url"] or info["valueReference"]["reference"]
            if attachment and path:
                tree: Tree = {"path": self._cell(path)}
                self._put(tree, "title", attachment["title"])
                yield tree

    def _notes(self, tree: Tree, claim: _Node) -> None:
        for info in claim["supportingInfo"].items():
            if info["valueString"]:
                self._put(tree, "clinical.notes", info["valueString"])


def _in_focus(insurance: _Node) -> list[_Node]:
    """In order of sequence, as the claim gives it."""
    return sorted(insurance.items(), key=lambda i: i["sequence"].value or 0)


def _member_id(coverage: _Node) -> _Node:
    """The identifier of type MB (member number) if it has a value, else subscriberId."""
    for identifier in coverage["identifier"].items():
        kinds = {c["code"].text for c in identifier["type"]["coding"].items()}
        if "MB" in kinds and identifier["value"]:
            return identifier["value"]
    return coverage["subscriberId"]
