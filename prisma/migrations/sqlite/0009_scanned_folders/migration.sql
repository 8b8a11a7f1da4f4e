-- AlterTable
ALTER TABLE "category_scans" ADD COLUMN "full_rules" TEXT;
ALTER TABLE "category_scans" ADD COLUMN "last_full_at" DATETIME;
ALTER TABLE "category_scans" ADD COLUMN "rows_removed_at" DATETIME;

-- CreateTable
CREATE TABLE "scanned_folders" (
    "category" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "signature" TEXT,

    PRIMARY KEY ("category", "path")
);
