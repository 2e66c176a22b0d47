//! Certificates for serving over HTTPS: from a CA of one's own, from files, or from an ACME server.
//!
//! Owns: keys and certificates, where they are kept, when they are renewed, and what people are told of them. Refuses to
//! know: sockets that answer, what is served, and the clock: the time is handed in. Invariant: a key is in a file that its
//! owner alone may read, and nowhere else: not in the books, not in a log, not in a message.
