-- AlterTable
ALTER TABLE "media_items" ADD COLUMN     "placeholder" TEXT;

-- What waits for its first picture, newest first.
CREATE INDEX "media_items_without_placeholder_idx" ON "media_items"("id") WHERE "placeholder" IS NULL;
