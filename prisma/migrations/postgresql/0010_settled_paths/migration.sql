-- AlterTable
ALTER TABLE "settled_imports" ADD COLUMN "path" TEXT;

-- CreateIndex
CREATE INDEX "settled_imports_path_idx" ON "settled_imports"("path");

-- Of those that became a model of their own.
UPDATE "settled_imports" SET "path" = (
  SELECT "models"."path" FROM "models"
  WHERE "models"."sha256" = "settled_imports"."sha256" AND "models"."legacy_path" = "settled_imports"."legacy_path"
);
