-- AlterTable
ALTER TABLE "media_items" ADD COLUMN     "placeholder" TEXT;

-- What waits for its first picture, newest first; with the shelf, so that no row is read to list or to count them.
CREATE INDEX "media_items_without_placeholder_idx" ON "media_items"("id", "shelf_id") WHERE "placeholder" IS NULL;
