#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| minuta_fuzz::grammar(bytes));
