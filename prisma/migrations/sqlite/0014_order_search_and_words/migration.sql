-- Keep in step with the PostgreSQL migration of the same name.

ALTER TABLE "media_items" ADD COLUMN "path_order" TEXT NOT NULL DEFAULT '';
ALTER TABLE "media_items" ADD COLUMN "hierarchy_order" TEXT;
ALTER TABLE "media_items" ADD COLUMN "fact_text" TEXT;
ALTER TABLE "media_items" ADD COLUMN "tag_text" TEXT;
ALTER TABLE "media_items" ADD COLUMN "favourite" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "media_items" ADD COLUMN "rating" INTEGER;

CREATE TABLE "media_tags" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL
);
CREATE UNIQUE INDEX "media_tags_key_key" ON "media_tags"("key");
CREATE TABLE "media_item_tags" (
    "tag_id" INTEGER NOT NULL,
    "media_item_id" INTEGER NOT NULL,

    PRIMARY KEY ("tag_id", "media_item_id"),
    CONSTRAINT "media_item_tags_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "media_tags" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "media_item_tags_media_item_id_fkey" FOREIGN KEY ("media_item_id") REFERENCES "media_items" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "media_item_tags_media_item_id_idx" ON "media_item_tags"("media_item_id");

CREATE INDEX "media_items_shelf_id_path_order_id_idx" ON "media_items"("shelf_id", "path_order", "id");
CREATE INDEX "media_items_shelf_id_hierarchy_id_idx"
  ON "media_items"("shelf_id", coalesce("hierarchy_order", "path_order"), "id");
CREATE INDEX "media_items_shelf_id_deleted_at_id_idx" ON "media_items"("shelf_id", "deleted_at", "id") WHERE "deleted_at" IS NOT NULL;
CREATE INDEX "media_items_shelf_id_missing_since_id_idx" ON "media_items"("shelf_id", "missing_since", "id") WHERE "missing_since" IS NOT NULL;
CREATE INDEX "media_items_favourite_idx" ON "media_items"("id") WHERE "favourite";
CREATE INDEX "media_items_rating_idx" ON "media_items"("rating", "id") WHERE "rating" IS NOT NULL;

-- A search looks through the words of files and of people too. The texts have another form from now on, so all are
-- indexed anew: until they are, a search reads them one by one.
DROP TRIGGER "media_search_on_advance";
DROP TRIGGER "media_search_on_update";
DROP TRIGGER "media_search_on_refresh";
DROP TRIGGER "media_search_on_delete";
DROP TABLE "media_search_stale";
DROP TABLE "media_search";
UPDATE "media_search_state" SET "indexed_up_to" = 0;
CREATE VIRTUAL TABLE "media_search" USING fts5(
  "search_text", "fact_text", "tag_text", content = 'media_items', content_rowid = 'id', tokenize = 'trigram case_sensitive 1'
);
CREATE TABLE "media_search_stale" (
  "id" INTEGER PRIMARY KEY, "search_text" TEXT NOT NULL, "fact_text" TEXT, "tag_text" TEXT
);
CREATE TRIGGER "media_search_on_advance" AFTER UPDATE OF "indexed_up_to" ON "media_search_state" BEGIN
  INSERT INTO "media_search"("rowid", "search_text", "fact_text", "tag_text")
  SELECT "id", "search_text", "fact_text", "tag_text" FROM "media_items"
  WHERE "id" > old."indexed_up_to" AND "id" <= new."indexed_up_to";
END;
CREATE TRIGGER "media_search_on_update" AFTER UPDATE OF "search_text", "fact_text", "tag_text" ON "media_items"
WHEN (old."search_text" <> new."search_text" OR old."fact_text" IS NOT new."fact_text" OR old."tag_text" IS NOT new."tag_text")
  AND old."id" <= (SELECT "indexed_up_to" FROM "media_search_state") BEGIN
  INSERT OR IGNORE INTO "media_search_stale" VALUES (old."id", old."search_text", old."fact_text", old."tag_text");
END;
CREATE TRIGGER "media_search_on_refresh" AFTER DELETE ON "media_search_stale" BEGIN
  INSERT INTO "media_search"("media_search", "rowid", "search_text", "fact_text", "tag_text")
  VALUES ('delete', old."id", old."search_text", old."fact_text", old."tag_text");
  INSERT INTO "media_search"("rowid", "search_text", "fact_text", "tag_text")
  SELECT "id", "search_text", "fact_text", "tag_text" FROM "media_items" WHERE "id" = old."id";
END;
CREATE TRIGGER "media_search_on_delete" AFTER DELETE ON "media_items"
WHEN old."id" <= (SELECT "indexed_up_to" FROM "media_search_state") BEGIN
  INSERT INTO "media_search"("media_search", "rowid", "search_text", "fact_text", "tag_text")
  SELECT 'delete', old."id", old."search_text", old."fact_text", old."tag_text"
  WHERE NOT EXISTS (SELECT 1 FROM "media_search_stale" WHERE "id" = old."id");
  DELETE FROM "media_search_stale" WHERE "id" = old."id";
END;
