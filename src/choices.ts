// What a setting and an option of the command line both allow. No package is needed for it, so that the command line
// says what can be typed without loading what reads the settings.
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export const GENERATORS = ['auto', 'llama', 'openai', 'extractive'] as const;
export const SCOPES = ['cricket', 'any'] as const;
