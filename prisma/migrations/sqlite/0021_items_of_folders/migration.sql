-- Keep in step with the PostgreSQL migration of the same name.

-- The folder that an item lies in itself, with the slash at its end. The id alone is behind it: every column more is felt by a scan.
CREATE INDEX "media_items_folder_idx" ON "media_items"((substr("relative_path", 1, length("relative_path") - length("filename"))));

-- A day of a shelf is found and counted in one tree: a scan adds to it with each file, and a timeline reads thousands.
CREATE TABLE "media_days_kept" AS SELECT * FROM "media_days";
DROP TABLE "media_days";
CREATE TABLE "media_days" (
    "shelf_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "item_count" INTEGER NOT NULL,
    "companion_count" INTEGER NOT NULL,

    PRIMARY KEY ("shelf_id", "day")
) WITHOUT ROWID;
INSERT INTO "media_days" SELECT * FROM "media_days_kept" ORDER BY "shelf_id", "day";
DROP TABLE "media_days_kept";
