-- By hand, beside what the models say: the two tables of links are WITHOUT ROWID, one tree less for each link.

-- CreateTable
CREATE TABLE "models" (
    "sha256" TEXT NOT NULL PRIMARY KEY,
    "path" TEXT NOT NULL,
    "legacy_path" TEXT,
    "name" TEXT,
    "type" TEXT,
    "size_bytes" BIGINT,
    "created_at" DATETIME NOT NULL,
    "meta_json" JSONB NOT NULL,
    "legacy_meta_json" TEXT,
    "search_text" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "tags" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "model_tags" (
    "sha256" TEXT NOT NULL,
    "tag_id" INTEGER NOT NULL,

    PRIMARY KEY ("sha256", "tag_id"),
    CONSTRAINT "model_tags_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "models" ("sha256") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "model_tags_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tags" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "model_images" (
    "sha256" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "source" TEXT NOT NULL,

    PRIMARY KEY ("sha256", "seq"),
    CONSTRAINT "model_images_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "models" ("sha256") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "pending_import" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "path" TEXT NOT NULL,
    "legacy_path" TEXT NOT NULL,
    "sha256" TEXT,
    "name" TEXT,
    "type" TEXT,
    "size_bytes" BIGINT,
    "created_at" DATETIME NOT NULL,
    "meta_json" JSONB NOT NULL,
    "legacy_meta_json" TEXT,
    "search_text" TEXT NOT NULL,
    "stem" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "pending_model_tags" (
    "pending_id" INTEGER NOT NULL,
    "tag_id" INTEGER NOT NULL,

    PRIMARY KEY ("pending_id", "tag_id"),
    CONSTRAINT "pending_model_tags_pending_id_fkey" FOREIGN KEY ("pending_id") REFERENCES "pending_import" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "pending_model_tags_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tags" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "pending_images" (
    "pending_id" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL,

    PRIMARY KEY ("pending_id", "seq"),
    CONSTRAINT "pending_images_pending_id_fkey" FOREIGN KEY ("pending_id") REFERENCES "pending_import" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "settled_imports" (
    "legacy_path" TEXT NOT NULL PRIMARY KEY,
    "legacy_id" INTEGER NOT NULL,
    "sha256" TEXT,
    "settled_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "picture_moves" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "sha256" TEXT,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "failure" TEXT
);

-- CreateIndex
CREATE INDEX "models_created_at_sha256_idx" ON "models"("created_at", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "tags_name_key" ON "tags"("name");

-- CreateIndex
CREATE INDEX "model_tags_tag_id_idx" ON "model_tags"("tag_id");

-- CreateIndex
CREATE UNIQUE INDEX "model_images_sha256_source_key" ON "model_images"("sha256", "source");

-- CreateIndex
CREATE UNIQUE INDEX "pending_import_path_key" ON "pending_import"("path");

-- CreateIndex
CREATE INDEX "pending_import_stem_idx" ON "pending_import"("stem");

-- CreateIndex
CREATE INDEX "pending_model_tags_tag_id_idx" ON "pending_model_tags"("tag_id");

-- CreateIndex
CREATE UNIQUE INDEX "pending_images_name_key" ON "pending_images"("name");

-- CreateIndex
CREATE UNIQUE INDEX "picture_moves_name_key" ON "picture_moves"("name");
