-- AlterTable
ALTER TABLE "media_items" ADD COLUMN "uploaded_at" DATETIME;
