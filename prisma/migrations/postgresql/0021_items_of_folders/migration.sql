-- Keep in step with the SQLite migration of the same name.

-- The folder that an item lies in itself, with the slash at its end. The id alone is behind it: every column more is felt by a scan.
CREATE INDEX "media_items_folder_idx" ON "media_items"(("left"("relative_path", length("relative_path") - length("filename"))));
