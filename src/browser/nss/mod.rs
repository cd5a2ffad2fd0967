//! NSS databases: the folders in which Firefox and Chromium keep certificates, keys and modules.

mod module_list;

pub(crate) use module_list::ModuleList;

/// The file of a database that lists its modules. NSS makes the rest when it is first used, also
/// around a list that holds nothing but ours (run with NSS 3.87, Firefox 153 and Chromium 156).
pub(crate) const MODULE_LIST: &str = "pkcs11.txt";
