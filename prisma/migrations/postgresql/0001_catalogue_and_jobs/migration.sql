-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "shelves" (
    "id" SERIAL NOT NULL,
    "category" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "item_count" INTEGER NOT NULL DEFAULT 0,
    "size_bytes" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "shelves_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "media_items" (
    "id" SERIAL NOT NULL,
    "shelf_id" INTEGER NOT NULL,
    "root_category" TEXT NOT NULL,
    "relative_path" TEXT NOT NULL,
    "filename" TEXT NOT NULL,
    "original_filename" TEXT,
    "storage_format" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "title_key" TEXT NOT NULL,
    "title_set_by_person" BOOLEAN NOT NULL DEFAULT false,
    "description" TEXT,
    "signature" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "modified_at" TIMESTAMP(3) NOT NULL,
    "mime_type" TEXT,
    "sha256" TEXT,
    "width" INTEGER,
    "height" INTEGER,
    "duration_seconds" DOUBLE PRECISION,
    "hierarchy" JSONB,
    "season_number" INTEGER,
    "episode_number" INTEGER,
    "track_number" INTEGER,
    "poster_path" TEXT,
    "uploaded_by" TEXT,
    "technical_metadata" JSONB,
    "custom_metadata" JSONB,
    "probed_at" TIMESTAMP(3),
    "search_text" TEXT NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMP(3) NOT NULL,
    "last_seen_at" TIMESTAMP(3),
    "missing_since" TIMESTAMP(3),
    "deleted_at" TIMESTAMP(3),

    CONSTRAINT "media_items_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "category_scans" (
    "category" TEXT NOT NULL,
    "rules" TEXT,
    "last_scanned_at" TIMESTAMP(3) NOT NULL,
    "last_complete_at" TIMESTAMP(3),

    CONSTRAINT "category_scans_pkey" PRIMARY KEY ("category")
);

-- CreateTable
CREATE TABLE "system_settings" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "system_settings_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "jobs" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "result" JSONB,
    "progress" JSONB NOT NULL,
    "failure" TEXT,
    "requested_by" TEXT,
    "runner" TEXT,
    "heartbeat_at" TIMESTAMP(3),
    "created_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMP(3),
    "finished_at" TIMESTAMP(3),

    CONSTRAINT "jobs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_item_errors" (
    "id" SERIAL NOT NULL,
    "job_id" TEXT NOT NULL,
    "item" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "job_item_errors_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_locks" (
    "name" TEXT NOT NULL,
    "job_id" TEXT NOT NULL,

    CONSTRAINT "job_locks_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "shelves_category_media_type_status_key" ON "shelves"("category", "media_type", "status");

-- CreateIndex
CREATE INDEX "media_items_shelf_id_id_idx" ON "media_items"("shelf_id", "id");

-- CreateIndex
CREATE INDEX "media_items_shelf_id_created_at_id_idx" ON "media_items"("shelf_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "media_items_shelf_id_updated_at_id_idx" ON "media_items"("shelf_id", "updated_at", "id");

-- CreateIndex
CREATE INDEX "media_items_shelf_id_modified_at_id_idx" ON "media_items"("shelf_id", "modified_at", "id");

-- CreateIndex
CREATE INDEX "media_items_shelf_id_title_key_id_idx" ON "media_items"("shelf_id", "title_key", "id");

-- CreateIndex
CREATE INDEX "media_items_shelf_id_filename_id_idx" ON "media_items"("shelf_id", "filename", "id");

-- CreateIndex
CREATE INDEX "media_items_shelf_id_size_bytes_id_idx" ON "media_items"("shelf_id", "size_bytes", "id");

-- CreateIndex
CREATE UNIQUE INDEX "media_items_root_category_relative_path_key" ON "media_items"("root_category", "relative_path");

-- CreateIndex
CREATE INDEX "jobs_created_at_idx" ON "jobs"("created_at");

-- CreateIndex
CREATE INDEX "jobs_status_idx" ON "jobs"("status");

-- CreateIndex
CREATE INDEX "job_item_errors_job_id_id_idx" ON "job_item_errors"("job_id", "id");

-- CreateIndex
CREATE INDEX "job_locks_job_id_idx" ON "job_locks"("job_id");

-- AddForeignKey
ALTER TABLE "media_items" ADD CONSTRAINT "media_items_shelf_id_fkey" FOREIGN KEY ("shelf_id") REFERENCES "shelves"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_item_errors" ADD CONSTRAINT "job_item_errors_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_locks" ADD CONSTRAINT "job_locks_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
