-- Keep in step with the SQLite migration of the same name.

-- Text that is sorted by is compared byte by byte, as in SQLite.
ALTER TABLE "media_items"
  ADD COLUMN "path_order" TEXT COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN "hierarchy_order" TEXT COLLATE "C",
  ADD COLUMN "fact_text" TEXT,
  ADD COLUMN "tag_text" TEXT,
  ADD COLUMN "favourite" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "rating" INTEGER;

CREATE TABLE "media_tags" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "media_tags_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "media_tags_key_key" ON "media_tags"("key");
CREATE TABLE "media_item_tags" (
    "tag_id" INTEGER NOT NULL,
    "media_item_id" INTEGER NOT NULL,

    CONSTRAINT "media_item_tags_pkey" PRIMARY KEY ("tag_id", "media_item_id"),
    CONSTRAINT "media_item_tags_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "media_tags"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "media_item_tags_media_item_id_fkey" FOREIGN KEY ("media_item_id") REFERENCES "media_items"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "media_item_tags_media_item_id_idx" ON "media_item_tags"("media_item_id");

CREATE INDEX "media_items_shelf_id_path_order_id_idx" ON "media_items"("shelf_id", "path_order", "id");
CREATE INDEX "media_items_shelf_id_hierarchy_id_idx"
  ON "media_items"("shelf_id", (coalesce("hierarchy_order", "path_order")), "id");
CREATE INDEX "media_items_shelf_id_deleted_at_id_idx" ON "media_items"("shelf_id", "deleted_at", "id") WHERE "deleted_at" IS NOT NULL;
CREATE INDEX "media_items_shelf_id_missing_since_id_idx" ON "media_items"("shelf_id", "missing_since", "id") WHERE "missing_since" IS NOT NULL;
CREATE INDEX "media_items_favourite_idx" ON "media_items"("id") WHERE "favourite";
CREATE INDEX "media_items_rating_idx" ON "media_items"("rating", "id") WHERE "rating" IS NOT NULL;

-- A search looks through the words of files and of people too.
DROP INDEX "media_items_search_text_idx";
CREATE INDEX "media_items_search_text_idx" ON "media_items"
  USING gin ("search_text" gin_trgm_ops, "fact_text" gin_trgm_ops, "tag_text" gin_trgm_ops);
