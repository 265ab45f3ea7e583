// Before each test of the project `postgres`: skipped, and seen to be, where there is none.
import { beforeEach, inject } from 'vitest';

beforeEach(({ skip }) => {
  skip(inject('postgres') === '', 'PostgreSQL is not installed here');
});
