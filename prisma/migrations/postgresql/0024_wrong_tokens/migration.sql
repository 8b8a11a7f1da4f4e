-- Keep in step with the SQLite migration of the same name.

-- How many wrong tokens an address has sent, to whichever node: the table of rate-limiter-flexible. It may be lost with the server.
CREATE UNLOGGED TABLE "wrong_tokens" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "wrong_tokens_pkey" PRIMARY KEY ("key")
);
