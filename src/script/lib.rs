//! The .apdu transcript format: parse, print, replay, drive and record.
