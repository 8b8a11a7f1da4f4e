-- AlterTable
ALTER TABLE "media_items" ADD COLUMN     "fingerprint" TEXT;

-- AlterTable
ALTER TABLE "category_scans" ADD COLUMN     "root_identity" JSONB;

-- CreateTable
CREATE TABLE "scan_plan_entries" (
    "id" SERIAL NOT NULL,
    "job_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "relative_path" TEXT NOT NULL,
    "from_category" TEXT,
    "from_path" TEXT,
    "item_id" INTEGER,
    "size_bytes" BIGINT NOT NULL,
    "signature" TEXT NOT NULL,

    CONSTRAINT "scan_plan_entries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "scan_plan_entries_job_id_id_idx" ON "scan_plan_entries"("job_id", "id");

-- AddForeignKey
ALTER TABLE "scan_plan_entries" ADD CONSTRAINT "scan_plan_entries_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Fingerprints are taken with the headers: what has none waits to be read.
UPDATE "media_items" SET "probed_at" = NULL;

-- Where a file that was found at another path is looked for.
CREATE INDEX "media_items_moved_idx" ON "media_items"("size_bytes") WHERE "missing_since" IS NOT NULL;
