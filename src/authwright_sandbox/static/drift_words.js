// The words that drift puts in place of others. A portal adds its own.

// Other words for the same thing.
export const WORDS = {
  "Patient ID": ["Member ID", "Customer ID"],
  "Member ID": ["Subscriber ID", "Member Number"],
  "Last Name": ["Surname", "Family Name"],
  "First Name": ["Given Name", "Forename"],
  "Patient Last Name": ["Last Name", "Surname"],
  "Patient First Name": ["First Name", "Given Name"],
  "Date of Birth": ["Birth Date", "DOB"],
  "Date of Service": ["Service Date"],
  "Type of Request": ["Request Type"],
  "Request Type": ["Type of Request"],
  "Service description": ["Description of Service"],
  "Place of Service": ["Service Location"],
  "Service Type": ["Type of Service"],
  "Start Date": ["From Date", "Service From"],
  "End Date": ["To Date", "Service To"],
  "Service Start Date": ["Start Date", "Service From"],
  "Service End Date": ["End Date", "Service To"],
  "From Date": ["Start Date", "Service From"],
  "To Date": ["End Date", "Service To"],
  Quantity: ["Units", "Number of Units"],
  "Primary Diagnosis": ["Principal Diagnosis", "Diagnosis 1"],
  "Diagnosis Code": ["ICD-10 Code", "Diagnosis"],
  "Procedure Code": ["CPT/HCPCS", "Service Code"],
  "Rendering Provider": ["Servicing Provider"],
  "Servicing Provider": ["Rendering Provider"],
  "Ordering Provider": ["Requesting Provider"],
  "Servicing Provider NPI": ["Rendering Provider NPI"],
  "Contact Name": ["Name of Contact"],
  "Contact Phone": ["Contact Telephone", "Callback Number"],
  "Callback Number": ["Telephone"],
  "Clinical Notes": ["Clinical Summary", "Clinical Information"],
  "Certification Number": ["Authorization Number"],
};

// The same words, a little different: what a hurried person reads over.
export const REWORDED = {
  "Patient ID": ["Patient ID Number"],
  "Member ID": ["Member ID Number", "Member's ID"],
  "Patient Last Name": ["Patient's Last Name", "Last Name of Patient"],
  "Patient First Name": ["Patient's First Name", "First Name of Patient"],
  "Date of Birth": ["Birth Date"],
  "Date of Service": ["Service Date"],
  "Request Type": ["Type of Request"],
  "Type of Request": ["Request Type"],
  "Service description": ["Description of Service"],
  "Place of Service": ["Place of Services"],
  "Service Type": ["Type of Service"],
  "Service Start Date": ["Start Date of Service"],
  "Service End Date": ["End Date of Service"],
  "From Date": ["Date From"],
  "To Date": ["Date To"],
  "Primary Diagnosis": ["Primary Diagnosis Code"],
  "Diagnosis Code": ["Diagnosis Codes"],
  "Procedure Code": ["Procedure Codes"],
  "Requesting Provider NPI": ["NPI of Requesting Provider"],
  "Servicing Provider NPI": ["NPI of Servicing Provider"],
  "Ordering Provider NPI": ["NPI of Ordering Provider"],
  "Facility NPI": ["NPI of Facility"],
  "Site NPI": ["NPI of Site"],
  "Tax ID": ["Tax ID Number"],
  "Contact Name": ["Name of Contact"],
  "Contact Phone": ["Contact Phone Number"],
  "Clinical Notes": ["Clinical Note"],
};

// The same words and one more that says what they are of.
export const LONGER = {
  "Last Name": ["Patient's Last Name"],
  "First Name": ["Patient's First Name"],
  "Start Date": ["Service Start Date"],
  "End Date": ["Service End Date"],
  "Callback Number": ["Callback Phone Number"],
  "Contact Name": ["Office Contact Name"],
  "Diagnosis Code": ["Patient Diagnosis Code"],
};

export const ONWARD = {
  Next: ["Continue"],
  Continue: ["Next"],
  "Find Member": ["Look Up Member"],
  "Find Site": ["Look Up Site"],
  "Add Another Procedure": ["Add Procedure"],
  "Add a line": ["Add line"],
  "Add service": ["Add another service"],
  "Begin Case": ["Start"],
  Service: ["Continue"],
  Providers: ["Continue"],
  Clinical: ["Continue"],
  Review: ["Continue"],
  Edit: ["Change"],
};

export const SENDING = {
  Submit: ["Send", "Finish"],
  "Submit Case": ["Submit", "Send Case"],
  Save: ["Save Changes", "OK"],
  Attest: ["Confirm"],
};

export const SECTIONS = {
  "Member Information": ["Patient"],
  "Service Details": ["Services Requested"],
  "Provider Details": ["Care Team"],
  "Clinical Information": ["Clinical"],
  "Clinical information": ["Clinical"],
  "Review and Submit": ["Summary"],
  "Review your request": ["Your request"],
  Diagnosis: ["Diagnoses"],
  Procedures: ["Codes"],
  Contact: ["Who can we call?"],
  "Notes and Documents": ["Attachments"],
  Services: ["Service Lines"],
  "Requesting Provider": ["Who asks"],
  "Rendering Provider": ["Who treats"],
  "Ordering Provider": ["Who asks"],
  "Servicing Provider": ["Who treats"],
  "Servicing Facility": ["Where"],
  Facility: ["Where"],
};

// A sign in place of a button's word, which is left in the title.
export const SIGNS = {
  Add: "+", "Find Member": "\u2315", "Find Site": "\u2315", Search: "\u2315", Check: "\u2713", Back: "\u2039", Clear: "\u00d7",
};

// Look-alikes: the control that each stands beside, its caption, what it is to the payer.
export const ALIKE = [
  ["member_id", "Alternate Member ID", "alternate_member_id"],
  ["last_name", "Previous Last Name", "previous_last_name"],
  ["start_date", "Admission Start Date", "admission_start_date"],
  ["contact_phone", "Contact Phone Extension", "contact_phone_extension"],
  ["contact_name", "Alternate Contact Name", "alternate_contact_name"],
  ["diagnosis_1", "Admitting Diagnosis", "admitting_diagnosis"],
  ["diagnosis_code", "Admitting Diagnosis Code", "admitting_diagnosis_code"],
  ["modifier_1", "Unit Modifier", "unit_modifier"],
  ["ordering_npi", "Group NPI", "ordering_group_npi"],
  ["requesting", "Requesting Group NPI", "requesting_group"],
  ["date_of_service", "Date of Service Request", "date_of_service_request"],
  ["site_npi", "Billing Site NPI", "billing_site_npi"],
];
