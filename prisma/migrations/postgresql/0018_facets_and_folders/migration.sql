-- Keep in step with the SQLite migration of the same name.

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
CREATE INDEX "media_items_shelf_id_video_codec_id_idx" ON "media_items"("shelf_id", ("technical_metadata" #>> '{video,0,codec}'), "id")
  WHERE ("technical_metadata" #>> '{video,0,codec}') IS NOT NULL;
CREATE INDEX "media_items_shelf_id_audio_codec_id_idx" ON "media_items"("shelf_id", ("technical_metadata" #>> '{audio,0,codec}'), "id")
  WHERE ("technical_metadata" #>> '{audio,0,codec}') IS NOT NULL;
CREATE INDEX "media_items_shelf_id_camera_model_id_idx" ON "media_items"("shelf_id", ("facts" #>> '{camera,model}'), "id")
  WHERE ("facts" #>> '{camera,model}') IS NOT NULL;
CREATE INDEX "media_items_shelf_id_place_id_idx" ON "media_items"("shelf_id", "id")
  WHERE ("facts" #>> '{place,latitude}') IS NOT NULL;

-- Hashes that more than one item has, or had: lists look at these alone.
CREATE TABLE "media_duplicates" ("sha256" TEXT NOT NULL, CONSTRAINT "media_duplicates_pkey" PRIMARY KEY ("sha256"));
INSERT INTO "media_duplicates" SELECT "sha256" FROM "media_items" WHERE "sha256" IS NOT NULL GROUP BY 1 HAVING count(*) > 1;
CREATE FUNCTION "note_duplicate"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "media_duplicates"
  SELECT NEW."sha256" WHERE EXISTS (SELECT 1 FROM "media_items" WHERE "sha256" = NEW."sha256" AND "id" <> NEW."id")
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER "media_duplicates_on_insert" AFTER INSERT ON "media_items"
  FOR EACH ROW WHEN (NEW."sha256" IS NOT NULL) EXECUTE FUNCTION "note_duplicate"();
CREATE TRIGGER "media_duplicates_on_update" AFTER UPDATE OF "sha256" ON "media_items"
  FOR EACH ROW WHEN (NEW."sha256" IS NOT NULL) EXECUTE FUNCTION "note_duplicate"();

-- How many items of each shelf lie below a folder, however deep. Triggers note what changes; it is counted behind the scan.
CREATE TABLE "media_folders" (
    "id" SERIAL NOT NULL,
    "root_category" TEXT NOT NULL,
    "path" TEXT COLLATE "C" NOT NULL,
    "parent_id" INTEGER NOT NULL,
    "sort_key" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "media_folders_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "media_folders_root_category_path_key" ON "media_folders"("root_category", "path");
CREATE INDEX "media_folders_root_category_parent_id_sort_key_id_idx" ON "media_folders"("root_category", "parent_id", "sort_key", "id");
CREATE TABLE "media_folder_counts" (
    "folder_id" INTEGER NOT NULL,
    "shelf_id" INTEGER NOT NULL,
    "item_count" INTEGER NOT NULL,
    "size_bytes" BIGINT NOT NULL,

    CONSTRAINT "media_folder_counts_pkey" PRIMARY KEY ("folder_id", "shelf_id")
);
-- How many items of a shelf have names with an ending.
CREATE TABLE "media_extension_counts" (
    "shelf_id" INTEGER NOT NULL,
    "extension" TEXT NOT NULL,
    "item_count" INTEGER NOT NULL,

    CONSTRAINT "media_extension_counts_pkey" PRIMARY KEY ("shelf_id", "extension")
);
CREATE TABLE "media_folder_changes" (
    "id" SERIAL NOT NULL,
    "item_count" INTEGER NOT NULL,
    "root_category" TEXT NOT NULL,
    "relative_path" TEXT NOT NULL,
    "shelf_id" INTEGER NOT NULL,
    "size_bytes" BIGINT NOT NULL,

    CONSTRAINT "media_folder_changes_pkey" PRIMARY KEY ("id")
);
INSERT INTO "media_folder_changes"("item_count", "root_category", "relative_path", "shelf_id", "size_bytes")
SELECT 1, "root_category", "relative_path", "shelf_id", "size_bytes" FROM "media_items" ORDER BY "id";

CREATE FUNCTION "note_inserted_places"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "media_folder_changes"("item_count", "root_category", "relative_path", "shelf_id", "size_bytes")
  SELECT 1, "root_category", "relative_path", "shelf_id", "size_bytes" FROM new_rows;
  RETURN NULL;
END $$;
CREATE FUNCTION "note_deleted_places"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "media_folder_changes"("item_count", "root_category", "relative_path", "shelf_id", "size_bytes")
  SELECT -1, "root_category", "relative_path", "shelf_id", "size_bytes" FROM old_rows;
  RETURN NULL;
END $$;
CREATE FUNCTION "note_updated_place"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "media_folder_changes"("item_count", "root_category", "relative_path", "shelf_id", "size_bytes") VALUES
    (-1, OLD."root_category", OLD."relative_path", OLD."shelf_id", OLD."size_bytes"),
    (1, NEW."root_category", NEW."relative_path", NEW."shelf_id", NEW."size_bytes");
  RETURN NULL;
END $$;
CREATE TRIGGER "media_folders_on_insert" AFTER INSERT ON "media_items"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "note_inserted_places"();
CREATE TRIGGER "media_folders_on_delete" AFTER DELETE ON "media_items"
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION "note_deleted_places"();
CREATE TRIGGER "media_folders_on_update" AFTER UPDATE OF "root_category", "relative_path", "shelf_id", "size_bytes" ON "media_items"
  FOR EACH ROW WHEN ((OLD."root_category", OLD."relative_path", OLD."shelf_id", OLD."size_bytes")
    IS DISTINCT FROM (NEW."root_category", NEW."relative_path", NEW."shelf_id", NEW."size_bytes"))
  EXECUTE FUNCTION "note_updated_place"();
