import { execute } from '../api/execute.ts';
import { ExistingUploadsDocument } from './documents.ts';

type Existing = { id: string; title: string } | null;

interface Question {
  sha256: string;
  resolve: (item: Existing) => void;
  reject: (error: unknown) => void;
}

let questions: Question[] = [];

/** Returns the item that has these bytes. What is asked at about the same time is one request. */
export function findExisting(sha256: string): Promise<Existing> {
  return new Promise((resolve, reject) => {
    questions.push({ sha256, resolve, reject });
    if (questions.length === 1) setTimeout(() => void askAll(), 20);
  });
}

async function askAll(): Promise<void> {
  const asked = questions;
  questions = [];
  try {
    const { existingUploads } = await execute(ExistingUploadsDocument, {
      sha256s: [...new Set(asked.map(({ sha256 }) => sha256))],
    });
    const items = new Map(existingUploads.map(({ sha256, item }) => [sha256, item]));
    for (const { sha256, resolve } of asked) resolve(items.get(sha256) ?? null);
  } catch (error) {
    for (const { reject } of asked) reject(error);
  }
}
