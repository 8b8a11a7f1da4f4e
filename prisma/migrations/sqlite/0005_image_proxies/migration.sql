-- CreateTable
CREATE TABLE "image_proxies" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "media_item_id" INTEGER,
    "profile" TEXT NOT NULL,
    "filename" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "sha256" TEXT,
    "source_signature" TEXT NOT NULL,
    "original_width" INTEGER NOT NULL,
    "original_height" INTEGER NOT NULL,
    "original_size_bytes" BIGINT NOT NULL,
    "was_resized" BOOLEAN NOT NULL,
    "target_dimension" INTEGER NOT NULL,
    "job_id" TEXT,
    "s3_key" TEXT,
    "s3_sha256" TEXT,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "image_proxies_media_item_id_fkey" FOREIGN KEY ("media_item_id") REFERENCES "media_items" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "analysis_originals" (
    "s3_key" TEXT NOT NULL PRIMARY KEY,
    "media_item_id" INTEGER,
    "signature" TEXT,
    "size_bytes" BIGINT NOT NULL,
    CONSTRAINT "analysis_originals_media_item_id_fkey" FOREIGN KEY ("media_item_id") REFERENCES "media_items" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "image_proxies_filename_idx" ON "image_proxies"("filename");

-- CreateIndex
CREATE UNIQUE INDEX "image_proxies_media_item_id_profile_key" ON "image_proxies"("media_item_id", "profile");

-- CreateIndex
CREATE UNIQUE INDEX "analysis_originals_media_item_id_key" ON "analysis_originals"("media_item_id");
