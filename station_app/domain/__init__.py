"""Rules of the domain: frozen Drafts and Records, pure functions; no Qt, no SQL, no clock."""
