-- Keep in step with the PostgreSQL migration of the same name.

-- Lists are asked for what was read of files. None of these has a file that was just found, so a scan does not wait for them.
CREATE INDEX "media_items_shelf_id_width_id_idx" ON "media_items"("shelf_id", "width", "id") WHERE "width" IS NOT NULL;
CREATE INDEX "media_items_shelf_id_height_id_idx" ON "media_items"("shelf_id", "height", "id") WHERE "height" IS NOT NULL;
-- Resolution and orientation in one number.
CREATE INDEX "media_items_shelf_id_shape_id_idx" ON "media_items"("shelf_id", (3 * CASE
  WHEN "width" >= 7680 OR "height" >= 7680 OR ("width" >= 4320 AND "height" >= 4320) THEN 5
  WHEN "width" >= 3840 OR "height" >= 3840 OR ("width" >= 2160 AND "height" >= 2160) THEN 4
  WHEN "width" >= 2560 OR "height" >= 2560 OR ("width" >= 1440 AND "height" >= 1440) THEN 3
  WHEN "width" >= 1920 OR "height" >= 1920 OR ("width" >= 1080 AND "height" >= 1080) THEN 2
  WHEN "width" >= 1280 OR "height" >= 1280 OR ("width" >= 720 AND "height" >= 720) THEN 1
  ELSE 0 END + CASE WHEN "width" > "height" THEN 0 WHEN "width" < "height" THEN 1 ELSE 2 END), "id")
  WHERE "width" IS NOT NULL AND "height" IS NOT NULL;
CREATE INDEX "media_items_shelf_id_video_codec_id_idx" ON "media_items"("shelf_id", ("technical_metadata" ->> '$.video[0].codec'), "id")
  WHERE ("technical_metadata" ->> '$.video[0].codec') IS NOT NULL;
CREATE INDEX "media_items_shelf_id_audio_codec_id_idx" ON "media_items"("shelf_id", ("technical_metadata" ->> '$.audio[0].codec'), "id")
  WHERE ("technical_metadata" ->> '$.audio[0].codec') IS NOT NULL;
CREATE INDEX "media_items_shelf_id_camera_model_id_idx" ON "media_items"("shelf_id", ("facts" ->> '$.camera.model'), "id")
  WHERE ("facts" ->> '$.camera.model') IS NOT NULL;
CREATE INDEX "media_items_shelf_id_place_id_idx" ON "media_items"("shelf_id", "id")
  WHERE ("facts" ->> '$.place.latitude') IS NOT NULL;

-- Hashes that more than one item has, or had: lists look at these alone. The policy for conflicts of a statement that fires
-- a trigger goes before those in it, and an upsert's is to fail: so no OR IGNORE here.
CREATE TABLE "media_duplicates" ("sha256" TEXT NOT NULL PRIMARY KEY);
INSERT INTO "media_duplicates" SELECT "sha256" FROM "media_items" WHERE "sha256" IS NOT NULL GROUP BY 1 HAVING count(*) > 1;
CREATE TRIGGER "media_duplicates_on_insert" AFTER INSERT ON "media_items" WHEN new."sha256" IS NOT NULL BEGIN
  INSERT INTO "media_duplicates"
  SELECT new."sha256" WHERE EXISTS (SELECT 1 FROM "media_items" WHERE "sha256" = new."sha256" AND "id" <> new."id")
    AND NOT EXISTS (SELECT 1 FROM "media_duplicates" WHERE "sha256" = new."sha256");
END;
CREATE TRIGGER "media_duplicates_on_update" AFTER UPDATE OF "sha256" ON "media_items" WHEN new."sha256" IS NOT NULL BEGIN
  INSERT INTO "media_duplicates"
  SELECT new."sha256" WHERE EXISTS (SELECT 1 FROM "media_items" WHERE "sha256" = new."sha256" AND "id" <> new."id")
    AND NOT EXISTS (SELECT 1 FROM "media_duplicates" WHERE "sha256" = new."sha256");
END;

-- How many items of each shelf lie below a folder, however deep. Triggers note what changes; it is counted behind the scan.
CREATE TABLE "media_folders" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "root_category" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "parent_id" INTEGER NOT NULL,
    "sort_key" TEXT NOT NULL
);
CREATE UNIQUE INDEX "media_folders_root_category_path_key" ON "media_folders"("root_category", "path");
CREATE INDEX "media_folders_root_category_parent_id_sort_key_id_idx" ON "media_folders"("root_category", "parent_id", "sort_key", "id");
CREATE TABLE "media_folder_counts" (
    "folder_id" INTEGER NOT NULL,
    "shelf_id" INTEGER NOT NULL,
    "item_count" INTEGER NOT NULL,
    "size_bytes" BIGINT NOT NULL,

    PRIMARY KEY ("folder_id", "shelf_id")
);
-- How many items of a shelf have names with an ending.
CREATE TABLE "media_extension_counts" (
    "shelf_id" INTEGER NOT NULL,
    "extension" TEXT NOT NULL,
    "item_count" INTEGER NOT NULL,

    PRIMARY KEY ("shelf_id", "extension")
);
CREATE TABLE "media_folder_changes" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "item_count" INTEGER NOT NULL,
    "root_category" TEXT NOT NULL,
    "relative_path" TEXT NOT NULL,
    "shelf_id" INTEGER NOT NULL,
    "size_bytes" BIGINT NOT NULL
);
-- Noting each new item would cost more than an index, so items up to "counted_up_to" are counted, and later ones are read from
-- the catalogue. There is one writer at a time, so none with a lower id comes later.
CREATE TABLE "media_folder_state" ("id" INTEGER PRIMARY KEY CHECK ("id" = 1), "counted_up_to" INTEGER NOT NULL);
INSERT INTO "media_folder_state" VALUES (1, 0);

CREATE TRIGGER "media_folders_on_delete" AFTER DELETE ON "media_items"
WHEN old."id" <= (SELECT "counted_up_to" FROM "media_folder_state") BEGIN
  INSERT INTO "media_folder_changes"("item_count", "root_category", "relative_path", "shelf_id", "size_bytes")
  VALUES (-1, old."root_category", old."relative_path", old."shelf_id", old."size_bytes");
END;
CREATE TRIGGER "media_folders_on_update" AFTER UPDATE OF "root_category", "relative_path", "shelf_id", "size_bytes" ON "media_items"
WHEN (old."shelf_id" <> new."shelf_id" OR old."size_bytes" <> new."size_bytes"
  OR old."relative_path" <> new."relative_path" OR old."root_category" <> new."root_category")
  AND old."id" <= (SELECT "counted_up_to" FROM "media_folder_state") BEGIN
  INSERT INTO "media_folder_changes"("item_count", "root_category", "relative_path", "shelf_id", "size_bytes") VALUES
    (-1, old."root_category", old."relative_path", old."shelf_id", old."size_bytes"),
    (1, new."root_category", new."relative_path", new."shelf_id", new."size_bytes");
END;

-- The trigger of 0014 had OR IGNORE too: a file that a scan described anew twice, before the index had followed, ended the scan.
DROP TRIGGER "media_search_on_update";
CREATE TRIGGER "media_search_on_update" AFTER UPDATE OF "search_text", "fact_text", "tag_text" ON "media_items"
WHEN (old."search_text" <> new."search_text" OR old."fact_text" IS NOT new."fact_text" OR old."tag_text" IS NOT new."tag_text")
  AND old."id" <= (SELECT "indexed_up_to" FROM "media_search_state")
  AND NOT EXISTS (SELECT 1 FROM "media_search_stale" WHERE "id" = old."id") BEGIN
  INSERT INTO "media_search_stale" VALUES (old."id", old."search_text", old."fact_text", old."tag_text");
END;
