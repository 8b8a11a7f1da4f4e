-- AlterTable
ALTER TABLE "media_items" ADD COLUMN "captured_at" DATETIME;
ALTER TABLE "media_items" ADD COLUMN "captured_offset" INTEGER;
ALTER TABLE "media_items" ADD COLUMN "captured_source" TEXT;
ALTER TABLE "media_items" ADD COLUMN "tag_title" TEXT;
ALTER TABLE "media_items" ADD COLUMN "facts" JSONB;

-- Lists by the time of capture: where none is known, the file's own time stands for it.
CREATE INDEX "media_items_shelf_id_captured_at_id_idx" ON "media_items"("shelf_id", coalesce("captured_at", "modified_at"), "id");

-- What files say of themselves is read behind the scan: all wait to be read again, and keep what was read of them until then.
UPDATE "media_items" SET "probed_at" = NULL WHERE "probed_at" IS NOT NULL;
