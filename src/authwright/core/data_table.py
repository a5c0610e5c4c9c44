"""The table of data names: path, type, what people call it, other keys, whether it is PHI.

A table, so its lines are as long as they need to be. core.data_names has the look-up and says what
a path means.
"""

from dataclasses import dataclass
from enum import StrEnum


class DataType(StrEnum):
    TEXT = "text"
    DATE = "date"
    CODE = "code"
    NUMBER = "number"
    MONEY = "money"
    PHONE = "phone"
    YES_NO = "yes-no"
    STATE = "state"
    FILE = "file"
    SECRET = "secret"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class DataName:
    """`values` are all that it can have, where they are few. Whether a complete order may be without it
    says `may_be_missing`."""

    path: str
    type: DataType
    words: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    phi: bool = True
    values: tuple[str, ...] = ()


def _name(
    path: str, type_: DataType, words: str, aliases: str = "", *, phi: bool = True, values: str = ""
) -> DataName:
    split = tuple(w.strip() for w in words.split(";"))
    return DataName(path, type_, split, tuple(aliases.split()), phi, tuple(values.split()))


def _provider(path: str, words: str) -> list[DataName]:
    people = [w.strip() for w in words.split(";")]

    def named(*nouns: str) -> str:
        return (
            "; ".join(f"{who}'s {noun}" for who in people for noun in nouns)
            + "; "
            + "; ".join(f"{who} {noun}" for who in people for noun in nouns)
        )

    return [
        _name(path, DataType.TEXT, words),
        _name(
            f"{path}.npi",
            DataType.CODE,
            named("npi", "npi number", "national provider identifier"),
            phi=False,
        ),
        _name(f"{path}.first_name", DataType.TEXT, named("first name", "given name"), phi=False),
        _name(f"{path}.last_name", DataType.TEXT, named("last name", "family name", "surname"), phi=False),
        _name(
            f"{path}.organization",
            DataType.TEXT,
            named("organization", "organization name", "group name"),
            phi=False,
        ),
        _name(f"{path}.name", DataType.TEXT, named("name", "full name"), phi=False),
        _name(f"{path}.tax_id", DataType.CODE, named("tax id", "tin", "tax id number", "ein"), phi=False),
        _name(f"{path}.taxonomy", DataType.CODE, named("taxonomy", "taxonomy code", "specialty"), phi=False),
        _name(f"{path}.phone", DataType.PHONE, named("phone", "phone number", "telephone number"), phi=False),
        _name(f"{path}.fax", DataType.PHONE, named("fax", "fax number"), phi=False),
        _name(f"{path}.address.line", DataType.TEXT, named("address", "street address"), phi=False),
        _name(f"{path}.address.city", DataType.TEXT, named("city"), phi=False),
        _name(f"{path}.address.state", DataType.STATE, named("state"), phi=False),
        _name(
            f"{path}.address.postal_code", DataType.CODE, named("zip code", "zip", "postal code"), phi=False
        ),
    ]


_T = DataType
DATA_NAMES: tuple[DataName, ...] = (
    _name("patient", _T.TEXT, "patient; member; subscriber; client"),
    _name(
        "patient.first_name",
        _T.TEXT,
        "patient's first name; patient first name; member's first name; member first name; patient's given name",
        "patient_first_name",
    ),
    _name(
        "patient.last_name",
        _T.TEXT,
        "patient's last name; patient last name; member's last name; member last name; patient's family name; patient's surname",
        "patient_last_name",
    ),
    _name(
        "patient.name",
        _T.TEXT,
        "patient's name; patient name; member's name; member name; patient's full name; person; person's name",
        "patient_name",
    ),
    _name(
        "patient.date_of_birth",
        _T.DATE,
        "date of birth; birth date; birthdate; dob; patient's date of birth; patient's birth date; patient's dob; member's date of birth; patient date of birth; member date of birth; birthday",
        "date_of_birth dob birth_date patient.dob",
    ),
    _name("patient.age", _T.NUMBER, "patient's age; age"),
    _name(
        "patient.sex", _T.TEXT, "sex; gender; patient's sex; patient's gender", "sex gender patient.gender"
    ),
    _name(
        "patient.phone",
        _T.PHONE,
        "patient's phone number; patient's phone; patient phone; member's phone number",
        "patient_phone",
    ),
    _name(
        "patient.chart_number",
        _T.TEXT,
        "chart number; medical record number; mrn; patient's chart number",
        "chart_number mrn patient.mrn",
    ),
    _name(
        "patient.address.line",
        _T.TEXT,
        "patient's address; patient's street address; patient address",
        "patient_address",
    ),
    _name("patient.address.city", _T.TEXT, "patient's city; patient city", "patient_city"),
    _name(
        "patient.address.state",
        _T.STATE,
        "patient's state; patient state; member's state",
        "patient_state patient.state",
    ),
    _name(
        "patient.address.postal_code",
        _T.CODE,
        "patient's zip code; patient's zip; patient zip code",
        "patient_zip patient.zip",
    ),
    _name(
        "coverage.member_id",
        _T.CODE,
        "member id; member's id; member id number; member number; subscriber id; patient's member id; insurance id; id card number; policy number; medicare number; beneficiary id; recipient id; enrollee id; medicaid id; medicaid number; medicare id; subscriber number",
        "member_id subscriber_id coverage.subscriber_id",
    ),
    _name("coverage.group_number", _T.CODE, "group number; group id; patient's group number", "group_number"),
    _name(
        "coverage.payer",
        _T.TEXT,
        "payer; payer's name; payer name; insurance; insurance company; health plan; insurer; insurance payer; insurance carrier; carrier; insurance name; insurance company name",
        "payer coverage.payer_name",
        phi=False,
    ),
    _name(
        "coverage.plan",
        _T.TEXT,
        "plan; plan name; patient's plan; insurance plan",
        "plan plan_name",
        phi=False,
    ),
    _name("coverage.line_of_business", _T.TEXT, "line of business", "line_of_business", phi=False),
    _name("coverage.state", _T.STATE, "plan's state; state of the plan", phi=False),
    _name(
        "coverage.relationship",
        _T.TEXT,
        "relationship to subscriber; relationship; patient's relationship to the subscriber",
    ),
    _name("coverage.subscriber_first_name", _T.TEXT, "subscriber's first name; subscriber first name"),
    _name("coverage.subscriber_last_name", _T.TEXT, "subscriber's last name; subscriber last name"),
    _name(
        "secondary_coverage",
        _T.TEXT,
        "secondary insurance; other insurance; secondary coverage; second insurance; other coverage",
        "other_coverage secondary_insurance other_insurance",
    ),
    _name(
        "secondary_coverage.payer",
        _T.TEXT,
        "secondary payer; other payer; secondary insurance's name; other insurance's name; "
        "name of the other insurance; name of the secondary insurance",
        phi=False,
    ),
    _name(
        "secondary_coverage.member_id",
        _T.CODE,
        "secondary member id; secondary insurance's member id; other insurance's member id; "
        "member id of the other insurance; member id of the secondary insurance",
    ),
    _name("service_lines", _T.LIST, "service line; service lines; service; procedure; line; procedure line"),
    _name(
        "service_lines[].code",
        _T.CODE,
        "procedure code; cpt code; hcpcs code; cpt; cpt/hcpcs code; service code; code; procedure; treatment; treatment code; service line's code; service line's procedure code",
        "procedure_code cpt cpt_code hcpcs service_lines[].procedure_code",
    ),
    _name(
        "service_lines[].modifiers",
        _T.CODE,
        "modifier; modifiers; service line's modifier; procedure modifier",
        "modifiers modifier service_lines[].modifier",
    ),
    _name(
        "service_lines[].units",
        _T.NUMBER,
        "units; number of units; quantity; service line's units; unit count",
        "units quantity service_lines[].quantity",
    ),
    _name("service_lines[].unit_kind", _T.TEXT, "unit type; kind of unit; unit of measure", phi=False),
    _name(
        "service_lines[].start",
        _T.DATE,
        "service date; date of service; start date; from date; service start date; first date of service; start of service; planned date; dos; service from date; appointment date; date of the appointment; date of the service; start of care date; start of care",
        "start_date service_date from date_of_service service_lines[].from service_lines[].start_date service_lines[].date",
    ),
    _name(
        "service_lines[].end",
        _T.DATE,
        "end date; to date; through date; service end date; last date of service; thru date",
        "end_date to service_lines[].to service_lines[].end_date",
    ),
    _name(
        "service_lines[].place_of_service",
        _T.CODE,
        "place of service; pos; location of service; place of service code",
        "place_of_service pos service_lines[].place",
        phi=False,
    ),
    _name("service_lines[].laterality", _T.TEXT, "laterality; side; body side"),
    _name("service_lines[].level", _T.TEXT, "level; spinal level"),
    _name(
        "service_lines[].description",
        _T.TEXT,
        "service description; description of the service; procedure description",
    ),
    _name(
        "service_lines[].tooth_number",
        _T.TEXT,
        "tooth number; tooth; tooth code",
        "tooth_number service_lines[].tooth",
    ),
    _name(
        "service_lines[].tooth_surface",
        _T.TEXT,
        "tooth surface; tooth surfaces; surface; surfaces",
        "tooth_surface service_lines[].surface service_lines[].surfaces",
    ),
    _name(
        "service_lines[].oral_cavity_area",
        _T.TEXT,
        "area of the oral cavity; oral cavity area; area of oral cavity; quadrant; oral cavity",
        "oral_cavity_area service_lines[].quadrant",
    ),
    _name(
        "drug.name",
        _T.TEXT,
        "drug name; drug's name; drug; medication; medication name; medication's name; prescription",
        "drug_name medication",
    ),
    _name("drug.strength", _T.TEXT, "strength; drug strength; drug's strength; dose", "drug_strength"),
    _name("diagnoses", _T.LIST, "diagnosis; diagnoses"),
    _name(
        "diagnoses[].code",
        _T.CODE,
        "diagnosis code; icd-10 code; icd code; icd-10; dx code; primary diagnosis code; primary diagnosis; diagnosis",
        "diagnosis_code dx icd10 primary_diagnosis",
    ),
    _name("diagnoses[].description", _T.TEXT, "diagnosis description; description of the diagnosis"),
    *_provider(
        "requesting_provider",
        "requesting provider; ordering provider; referring provider; requesting physician; ordering physician; referring physician; prescriber",
    ),
    *_provider(
        "rendering_provider",
        "rendering provider; servicing provider; treating provider; performing provider; rendering physician; servicing physician; service provider",
    ),
    *_provider(
        "facility",
        "facility; servicing facility; hospital; place where the service is done; service location",
    ),
    _name("facility.ccn", _T.CODE, "facility's ccn; ccn", "ccn", phi=False),
    _name(
        "contact.name",
        _T.TEXT,
        "contact name; contact person; contact's name; name of the contact; office contact; requestor's name; requester's name; requestor name; requester name; submitter's name",
        "contact_name",
        phi=False,
    ),
    _name(
        "contact.phone",
        _T.PHONE,
        "contact phone; contact phone number; contact's phone number; contact's phone; callback number; office phone; phone number; telephone number; telephone; mobile number; mobile phone number; cell phone number; phone",
        "contact_phone phone_number",
        phi=False,
    ),
    _name(
        "contact.fax",
        _T.PHONE,
        "contact fax; contact fax number; contact's fax number; office fax; fax number",
        "contact_fax",
        phi=False,
    ),
    _name(
        "contact.email",
        _T.TEXT,
        "contact email; contact's email; email address; email; e-mail address; e-mail",
        "contact_email email_address",
        phi=False,
    ),
    _name("today", _T.DATE, "today's date; current date; date of today", phi=False),
    _name("order.id", _T.TEXT, "order number; order id; our order number", "id order_id", phi=False),
    _name(
        "request.type",
        _T.TEXT,
        "request type; type of request; authorization type",
        "request_type",
        phi=False,
    ),
    _name(
        "request.setting",
        _T.TEXT,
        "setting; care setting; service type; inpatient or outpatient",
        "setting service_type",
        phi=False,
        values="inpatient outpatient",
    ),
    _name(
        "request.expedited",
        _T.YES_NO,
        "expedited; urgent; request is expedited; request is urgent; urgency",
        "expedited urgent",
        phi=False,
        values="yes no",
    ),
    _name(
        "request.urgency_reason",
        _T.TEXT,
        "reason for urgency; urgency reason; clinician's reason; reason it is urgent",
        "urgency_reason",
    ),
    _name(
        "request.change_reason",
        _T.TEXT,
        "reason for the cancellation; reason for cancellation; cancellation reason; reason for cancelling; "
        "reason for the change; change reason; reason for the update; reason for update; update reason; "
        "reason for the extension; reason for extension; extension reason",
        "change_reason cancellation_reason update_reason extension_reason",
    ),
    _name(
        "clinical.notes",
        _T.TEXT,
        "clinical notes; clinical note; clinical information; clinical summary; justification; reason for the request; reason; reason for request; rationale; medical necessity; explanation; clinical rationale; clinical justification",
        "clinical_notes justification notes",
    ),
    _name(
        "submission.comments",
        _T.TEXT,
        "comments; comment; remarks; remark; notes; note; message to the payer",
        "comments remarks",
    ),
    _name(
        "documents",
        _T.LIST,
        "document; documents; attachment; attachments; file; files; supporting documents",
        "attachment attachments",
    ),
    _name("documents[].path", _T.FILE, "document's file", "document_path"),
    _name(
        "documents[].kind",
        _T.TEXT,
        "document type; kind of document; attachment type; document's kind",
        "document_kind document_type",
    ),
    _name("documents[].title", _T.TEXT, "document name; document title; document's name", "document_name"),
    _name(
        "documents[].expires",
        _T.DATE,
        "document's expiration date; document's expiry date; document expiration date",
        "documents[].expiration_date",
    ),
    _name(
        "certification.number",
        _T.CODE,
        "authorization number; auth number; approval number; certification number; authorization id; auth id; prior authorization number; prior auth number; pa number; pa id; preauthorization number; precertification number",
        "authorization_number",
    ),
    _name(
        "certification.start",
        _T.DATE,
        "approval start date; authorized from; effective date; authorization start date; authorization's start date; effective start date; valid from",
    ),
    _name(
        "certification.end",
        _T.DATE,
        "approval end date; expiration date; authorized through; authorization end date; authorization's end date; expiry date; valid to; valid through",
    ),
    _name(
        "certification.units", _T.NUMBER, "units approved; approved units; authorized units", "units_approved"
    ),
    _name(
        "submission.reference_number",
        _T.CODE,
        "reference number; tracking number; confirmation number; request number; case number; referral number; ticket number; request id; case id; reference id; confirmation id; transaction id; tracking id; referral id",
        "reference_number tracking_number",
    ),
    _name(
        "submission.status",
        _T.TEXT,
        "authorization status; request status; status; payer response; payer's response; payer's decision; request's status; authorization's status; referral status; pa status",
        "authorization_status status",
        phi=False,
    ),
    _name(
        "claim.number",
        _T.CODE,
        "claim number; claim id; claim; icn; dcn; claim control number; internal control number",
        "claim_number",
    ),
    _name("claim.status", _T.TEXT, "claim status", "claim_status", phi=False),
    _name(
        "credentials.username",
        _T.SECRET,
        "user name; username; user id; login id; login",
        "username user_name",
        phi=False,
    ),
    _name("credentials.password", _T.SECRET, "password", "password", phi=False),
    _name("credentials.totp_secret", _T.SECRET, "authenticator secret", "totp_secret", phi=False),
    _name("credentials.mailbox", _T.SECRET, "mailbox of the codes", "mailbox", phi=False),
    _name(
        "credentials.organization",
        _T.TEXT,
        "organization; our organization; practice's name; organization name; practice; practice name; office name; clinic name; name of the practice",
        "organization",
        phi=False,
    ),
    _name(
        "credentials.verification_code",
        _T.SECRET,
        "verification code; security code; one-time code; passcode; one-time passcode; one-time password; one-time pin; otp; six-digit code; 6-digit code; mfa code; authenticator code; access code; authentication code; code from the authenticator app",
        "verification_code",
        phi=False,
    ),
    _name("credentials.pin", _T.SECRET, "pin", "pin", phi=False),
)


# Which complete orders may be without: a path, or a branch with all that is in it; with the data that
# tells as well whether an order has it. What the practice itself has for every request (the contact's
# name and phone, the providers' names, clinical notes) is not among them.
_OPTIONAL: dict[str, tuple[str, ...]] = {
    "patient.sex": (),
    "patient.phone": (),
    "patient.chart_number": (),
    "patient.address": (),
    "coverage.group_number": (),
    "coverage.plan": (),
    "coverage.line_of_business": (),
    "coverage.state": (),
    "secondary_coverage": (),
    "coverage.subscriber_first_name": ("coverage.relationship", "patient"),
    "coverage.subscriber_last_name": ("coverage.relationship", "patient"),
    "service_lines[].modifiers": (),
    "service_lines[].unit_kind": (),
    "service_lines[].laterality": (),
    "service_lines[].level": (),
    "service_lines[].tooth_number": (),
    "service_lines[].tooth_surface": (),
    "service_lines[].oral_cavity_area": (),
    "service_lines[].description": (),
    "documents[].expires": (),
    "diagnoses[].description": (),
    **{
        f"{who}.{what}": ()
        for who in ("requesting_provider", "rendering_provider")
        for what in ("tax_id", "taxonomy", "phone", "fax", "address")
    },
    "facility": ("service_lines[].place_of_service", "request.setting"),
    "contact.fax": (),
    "contact.email": (),
    "request.urgency_reason": ("request.expedited",),
}


def may_be_missing(path: str) -> bool:
    """Whether an order that is complete (cases.assemble) may be without this data."""
    return _optional(path) is not None


def told_by(path: str) -> tuple[str, ...]:
    """The data that tells whether an order has the optional data at `path`."""
    return _OPTIONAL[_optional(path) or path]


def _optional(path: str) -> str | None:
    return next((o for o in _OPTIONAL if path == o or path.startswith(f"{o}.")), None)
