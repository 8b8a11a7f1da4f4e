-- What the models cannot say. Keep in step with the SQLite migration of the same name.

-- Text is compared byte by byte, as in SQLite: a scan merges files and rows in that order.
ALTER TABLE "media_items"
  ALTER COLUMN "relative_path" TYPE TEXT COLLATE "C",
  ALTER COLUMN "filename" TYPE TEXT COLLATE "C",
  ALTER COLUMN "title_key" TYPE TEXT COLLATE "C";

-- Indexes on an expression or on a few rows.
CREATE INDEX "media_items_shelf_id_duration_id_idx" ON "media_items"("shelf_id", (coalesce("duration_seconds", -1)), "id");
CREATE INDEX "media_items_sha256_idx" ON "media_items"("sha256") WHERE "sha256" IS NOT NULL;
CREATE INDEX "media_items_unprobed_idx" ON "media_items"("id") WHERE "probed_at" IS NULL;

-- Each shelf knows how many items stand on it and their size: once a statement, not once a row.
CREATE FUNCTION "count_inserted_items"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "shelves" s SET "item_count" = s."item_count" + d."items", "size_bytes" = s."size_bytes" + d."bytes"
  FROM (SELECT "shelf_id", count(*) AS "items", sum("size_bytes") AS "bytes" FROM new_rows GROUP BY "shelf_id") d
  WHERE s."id" = d."shelf_id";
  RETURN NULL;
END $$;
CREATE FUNCTION "count_deleted_items"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "shelves" s SET "item_count" = s."item_count" - d."items", "size_bytes" = s."size_bytes" - d."bytes"
  FROM (SELECT "shelf_id", count(*) AS "items", sum("size_bytes") AS "bytes" FROM old_rows GROUP BY "shelf_id") d
  WHERE s."id" = d."shelf_id";
  RETURN NULL;
END $$;
CREATE FUNCTION "count_updated_items"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "shelves" s SET "item_count" = s."item_count" + d."items", "size_bytes" = s."size_bytes" + d."bytes"
  FROM (
    SELECT "shelf_id", sum("items") AS "items", sum("bytes") AS "bytes" FROM (
      SELECT "shelf_id", 1 AS "items", "size_bytes" AS "bytes" FROM new_rows
      UNION ALL
      SELECT "shelf_id", -1, -"size_bytes" FROM old_rows
    ) changes GROUP BY "shelf_id" HAVING sum("items") <> 0 OR sum("bytes") <> 0
  ) d
  WHERE s."id" = d."shelf_id";
  RETURN NULL;
END $$;
CREATE TRIGGER "media_items_counted_on_insert" AFTER INSERT ON "media_items"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "count_inserted_items"();
CREATE TRIGGER "media_items_counted_on_delete" AFTER DELETE ON "media_items"
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION "count_deleted_items"();
CREATE TRIGGER "media_items_counted_on_update" AFTER UPDATE ON "media_items"
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "count_updated_items"();

-- Substring search.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX "media_items_search_text_idx" ON "media_items" USING gin ("search_text" gin_trgm_ops);
