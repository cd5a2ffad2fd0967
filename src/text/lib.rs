//! Every sentence for people, in Finnish, Swedish and English.
