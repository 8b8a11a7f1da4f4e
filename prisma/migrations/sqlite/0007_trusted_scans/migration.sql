-- AlterTable
ALTER TABLE "media_items" ADD COLUMN "fingerprint" TEXT;

-- AlterTable
ALTER TABLE "category_scans" ADD COLUMN "root_identity" JSONB;

-- CreateTable
CREATE TABLE "scan_plan_entries" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "job_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "relative_path" TEXT NOT NULL,
    "from_category" TEXT,
    "from_path" TEXT,
    "item_id" INTEGER,
    "size_bytes" BIGINT NOT NULL,
    "signature" TEXT NOT NULL,
    CONSTRAINT "scan_plan_entries_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "scan_plan_entries_job_id_id_idx" ON "scan_plan_entries"("job_id", "id");

-- Fingerprints are taken with the headers: what has none waits to be read.
UPDATE "media_items" SET "probed_at" = NULL;

-- Where a file that was found at another path is looked for.
CREATE INDEX "media_items_moved_idx" ON "media_items"("size_bytes") WHERE "missing_since" IS NOT NULL;

-- Indexing costs ten times what it costs to move an item. So a text that changed is only noted, with what the index has
-- of it: a search looks at such items directly, and taking the note out indexes the new text.
CREATE TABLE "media_search_stale" ("id" INTEGER PRIMARY KEY, "indexed_text" TEXT NOT NULL);
DROP TRIGGER "media_search_on_update";
CREATE TRIGGER "media_search_on_update" AFTER UPDATE OF "search_text" ON "media_items"
WHEN old."search_text" <> new."search_text"
  AND old."id" <= (SELECT "indexed_up_to" FROM "media_search_state") BEGIN
  INSERT OR IGNORE INTO "media_search_stale" VALUES (old."id", old."search_text");
END;
CREATE TRIGGER "media_search_on_refresh" AFTER DELETE ON "media_search_stale" BEGIN
  INSERT INTO "media_search"("media_search", "rowid", "search_text") VALUES ('delete', old."id", old."indexed_text");
  INSERT INTO "media_search"("rowid", "search_text") SELECT "id", "search_text" FROM "media_items" WHERE "id" = old."id";
END;
DROP TRIGGER "media_search_on_delete";
CREATE TRIGGER "media_search_on_delete" AFTER DELETE ON "media_items"
WHEN old."id" <= (SELECT "indexed_up_to" FROM "media_search_state") BEGIN
  INSERT INTO "media_search"("media_search", "rowid", "search_text") SELECT 'delete', old."id", old."search_text"
  WHERE NOT EXISTS (SELECT 1 FROM "media_search_stale" WHERE "id" = old."id");
  DELETE FROM "media_search_stale" WHERE "id" = old."id";
END;
