-- Keep in step with the SQLite migration of the same name.

-- What people say of model records, and the orders of their lists.
ALTER TABLE "models" ADD COLUMN "name_key" TEXT COLLATE "C";
ALTER TABLE "models" ADD COLUMN "updated_at" TIMESTAMP(3);
ALTER TABLE "models" ADD COLUMN "has_own_tags" BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX "models_type_created_at_sha256_idx" ON "models"("type", "created_at", "sha256");
CREATE INDEX "models_name_idx" ON "models"((coalesce("name_key", '')), "sha256");
CREATE INDEX "models_updated_idx" ON "models"((coalesce("updated_at", "created_at")), "sha256");
CREATE INDEX "models_size_idx" ON "models"((coalesce("size_bytes", -1)), "sha256");
CREATE INDEX "models_without_name_key_idx" ON "models"("sha256") WHERE "name_key" IS NULL;

-- Pictures have an order of their own, and those that were taken away leave their rows.
ALTER TABLE "model_images" ADD COLUMN "position" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "model_images" ADD COLUMN "removed_at" TIMESTAMP(3);
ALTER TABLE "model_images" ADD COLUMN "has_files" BOOLEAN NOT NULL DEFAULT true;
UPDATE "model_images" SET "position" = "seq";
CREATE INDEX "model_images_removed_idx" ON "model_images"("removed_at") WHERE "removed_at" IS NOT NULL AND "has_files";
