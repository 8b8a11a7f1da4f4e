-- AlterTable
ALTER TABLE "media_items" ADD COLUMN     "last_episode_number" INTEGER,
ADD COLUMN     "aired_on" TEXT,
ADD COLUMN     "disc_number" INTEGER,
ADD COLUMN     "disc_side" TEXT;
