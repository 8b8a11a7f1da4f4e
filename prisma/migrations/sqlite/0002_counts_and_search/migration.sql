-- What the models cannot say. Keep in step with the PostgreSQL migration of the same name.

-- Indexes on an expression or on a few rows.
CREATE INDEX "media_items_shelf_id_duration_id_idx" ON "media_items"("shelf_id", coalesce("duration_seconds", -1), "id");
CREATE INDEX "media_items_sha256_idx" ON "media_items"("sha256") WHERE "sha256" IS NOT NULL;
CREATE INDEX "media_items_unprobed_idx" ON "media_items"("id") WHERE "probed_at" IS NULL;

-- Each shelf knows how many items stand on it and their size.
CREATE TRIGGER "media_items_counted_on_insert" AFTER INSERT ON "media_items" BEGIN
  UPDATE "shelves" SET "item_count" = "item_count" + 1, "size_bytes" = "size_bytes" + new."size_bytes"
  WHERE "id" = new."shelf_id";
END;
CREATE TRIGGER "media_items_counted_on_delete" AFTER DELETE ON "media_items" BEGIN
  UPDATE "shelves" SET "item_count" = "item_count" - 1, "size_bytes" = "size_bytes" - old."size_bytes"
  WHERE "id" = old."shelf_id";
END;
CREATE TRIGGER "media_items_counted_on_update" AFTER UPDATE OF "shelf_id", "size_bytes" ON "media_items"
WHEN old."shelf_id" <> new."shelf_id" OR old."size_bytes" <> new."size_bytes" BEGIN
  UPDATE "shelves" SET "item_count" = "item_count" - 1, "size_bytes" = "size_bytes" - old."size_bytes"
  WHERE "id" = old."shelf_id";
  UPDATE "shelves" SET "item_count" = "item_count" + 1, "size_bytes" = "size_bytes" + new."size_bytes"
  WHERE "id" = new."shelf_id";
END;

-- Substring search. Indexing costs more than storing a row, so a scan does not wait for it: items up to
-- "indexed_up_to" are in the index, a search looks at the later ones directly, and raising the number indexes them.
-- The text is lower case already.
CREATE VIRTUAL TABLE "media_search" USING fts5(
  "search_text", content = 'media_items', content_rowid = 'id', tokenize = 'trigram case_sensitive 1'
);
CREATE TABLE "media_search_state" ("id" INTEGER PRIMARY KEY CHECK ("id" = 1), "indexed_up_to" INTEGER NOT NULL);
INSERT INTO "media_search_state" VALUES (1, 0);
CREATE TRIGGER "media_search_on_advance" AFTER UPDATE OF "indexed_up_to" ON "media_search_state" BEGIN
  INSERT INTO "media_search"("rowid", "search_text")
  SELECT "id", "search_text" FROM "media_items"
  WHERE "id" > old."indexed_up_to" AND "id" <= new."indexed_up_to";
END;
CREATE TRIGGER "media_search_on_update" AFTER UPDATE OF "search_text" ON "media_items"
WHEN old."search_text" <> new."search_text"
  AND old."id" <= (SELECT "indexed_up_to" FROM "media_search_state") BEGIN
  INSERT INTO "media_search"("media_search", "rowid", "search_text") VALUES ('delete', old."id", old."search_text");
  INSERT INTO "media_search"("rowid", "search_text") VALUES (new."id", new."search_text");
END;
CREATE TRIGGER "media_search_on_delete" AFTER DELETE ON "media_items"
WHEN old."id" <= (SELECT "indexed_up_to" FROM "media_search_state") BEGIN
  INSERT INTO "media_search"("media_search", "rowid", "search_text") VALUES ('delete', old."id", old."search_text");
END;
