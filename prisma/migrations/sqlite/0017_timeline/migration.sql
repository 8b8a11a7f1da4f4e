-- Keep in step with the PostgreSQL migration of the same name.

-- How many items of each shelf were recorded on each day, by the clock of the place, in days since 1970. Triggers keep the
-- counts, so that a timeline never counts items.
CREATE TABLE "media_days" (
    "shelf_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "item_count" INTEGER NOT NULL,
    "companion_count" INTEGER NOT NULL,

    PRIMARY KEY ("shelf_id", "day")
);

INSERT INTO "media_days"
SELECT "shelf_id", CAST(floor(coalesce("captured_at", "modified_at") / 86400000.0) AS INTEGER), count(*), count("companion_of")
FROM "media_items" GROUP BY 1, 2;

CREATE TRIGGER "media_days_on_insert" AFTER INSERT ON "media_items" BEGIN
  INSERT INTO "media_days" VALUES (
    new."shelf_id", CAST(floor(coalesce(new."captured_at", new."modified_at") / 86400000.0) AS INTEGER), 1, new."companion_of" IS NOT NULL
  ) ON CONFLICT DO UPDATE SET
    "item_count" = "item_count" + 1, "companion_count" = "companion_count" + excluded."companion_count";
END;
CREATE TRIGGER "media_days_on_delete" AFTER DELETE ON "media_items" BEGIN
  UPDATE "media_days" SET "item_count" = "item_count" - 1, "companion_count" = "companion_count" - (old."companion_of" IS NOT NULL)
  WHERE "shelf_id" = old."shelf_id"
    AND "day" = CAST(floor(coalesce(old."captured_at", old."modified_at") / 86400000.0) AS INTEGER);
END;
CREATE TRIGGER "media_days_on_update" AFTER UPDATE OF "shelf_id", "captured_at", "modified_at", "companion_of" ON "media_items"
WHEN old."shelf_id" <> new."shelf_id" OR old."captured_at" IS NOT new."captured_at"
  OR old."modified_at" <> new."modified_at" OR old."companion_of" IS NOT new."companion_of" BEGIN
  UPDATE "media_days" SET "item_count" = "item_count" - 1, "companion_count" = "companion_count" - (old."companion_of" IS NOT NULL)
  WHERE "shelf_id" = old."shelf_id"
    AND "day" = CAST(floor(coalesce(old."captured_at", old."modified_at") / 86400000.0) AS INTEGER);
  INSERT INTO "media_days" VALUES (
    new."shelf_id", CAST(floor(coalesce(new."captured_at", new."modified_at") / 86400000.0) AS INTEGER), 1, new."companion_of" IS NOT NULL
  ) ON CONFLICT DO UPDATE SET
    "item_count" = "item_count" + 1, "companion_count" = "companion_count" + excluded."companion_count";
END;
