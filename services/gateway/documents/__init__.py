"""The papers of the desk: what each says, made from the event it is about, as PDF to print and as DOCX to edit."""
