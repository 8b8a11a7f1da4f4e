-- Keep in step with the SQLite migration of the same name.

-- How many items of each shelf were recorded on each day, by the clock of the place, in days since 1970. Triggers keep the
-- counts, so that a timeline never counts items.
CREATE TABLE "media_days" (
    "shelf_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "item_count" INTEGER NOT NULL,
    "companion_count" INTEGER NOT NULL,

    CONSTRAINT "media_days_pkey" PRIMARY KEY ("shelf_id", "day")
);

INSERT INTO "media_days"
SELECT "shelf_id", floor(extract(epoch FROM coalesce("captured_at", "modified_at")) / 86400)::integer, count(*), count("companion_of")
FROM "media_items" GROUP BY 1, 2;

-- Once a statement, not once a row; in one order, so that two transactions do not wait for each other.
CREATE FUNCTION "count_inserted_days"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "media_days" AS d
  SELECT "shelf_id", floor(extract(epoch FROM coalesce("captured_at", "modified_at")) / 86400)::integer AS "day", count(*), count("companion_of")
  FROM new_rows GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT ("shelf_id", "day") DO UPDATE SET
    "item_count" = d."item_count" + excluded."item_count", "companion_count" = d."companion_count" + excluded."companion_count";
  RETURN NULL;
END $$;
CREATE FUNCTION "count_deleted_days"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "media_days" AS d
  SELECT "shelf_id", floor(extract(epoch FROM coalesce("captured_at", "modified_at")) / 86400)::integer AS "day", -count(*), -count("companion_of")
  FROM old_rows GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT ("shelf_id", "day") DO UPDATE SET
    "item_count" = d."item_count" + excluded."item_count", "companion_count" = d."companion_count" + excluded."companion_count";
  RETURN NULL;
END $$;
CREATE FUNCTION "count_updated_days"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "media_days" AS d
  SELECT "shelf_id", "day", sum("items"), sum("companions") FROM (
    SELECT "shelf_id", floor(extract(epoch FROM coalesce("captured_at", "modified_at")) / 86400)::integer AS "day",
      1 AS "items", ("companion_of" IS NOT NULL)::integer AS "companions" FROM new_rows
    UNION ALL
    SELECT "shelf_id", floor(extract(epoch FROM coalesce("captured_at", "modified_at")) / 86400)::integer,
      -1, -("companion_of" IS NOT NULL)::integer FROM old_rows
  ) changes GROUP BY 1, 2 HAVING sum("items") <> 0 OR sum("companions") <> 0 ORDER BY 1, 2
  ON CONFLICT ("shelf_id", "day") DO UPDATE SET
    "item_count" = d."item_count" + excluded."item_count", "companion_count" = d."companion_count" + excluded."companion_count";
  RETURN NULL;
END $$;
CREATE TRIGGER "media_days_on_insert" AFTER INSERT ON "media_items"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "count_inserted_days"();
CREATE TRIGGER "media_days_on_delete" AFTER DELETE ON "media_items"
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION "count_deleted_days"();
CREATE TRIGGER "media_days_on_update" AFTER UPDATE ON "media_items"
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "count_updated_days"();
