-- AlterTable
ALTER TABLE "category_scans" ADD COLUMN     "full_rules" TEXT,
ADD COLUMN     "last_full_at" TIMESTAMP(3),
ADD COLUMN     "rows_removed_at" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "scanned_folders" (
    "category" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "signature" TEXT,

    CONSTRAINT "scanned_folders_pkey" PRIMARY KEY ("category","path")
);
