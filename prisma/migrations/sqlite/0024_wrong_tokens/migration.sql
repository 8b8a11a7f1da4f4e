-- Keep in step with the PostgreSQL migration of the same name.

-- PostgreSQL counts here what several nodes see. A catalogue of SQLite has one process, which counts in its memory.
