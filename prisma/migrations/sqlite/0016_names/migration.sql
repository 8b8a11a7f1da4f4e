-- AlterTable
ALTER TABLE "media_items" ADD COLUMN "last_episode_number" INTEGER;
ALTER TABLE "media_items" ADD COLUMN "aired_on" TEXT;
ALTER TABLE "media_items" ADD COLUMN "disc_number" INTEGER;
ALTER TABLE "media_items" ADD COLUMN "disc_side" TEXT;
