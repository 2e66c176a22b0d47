//! What an iPhone is given so that it trusts a CA: a configuration profile.

use crate::ca::Ca;

/// The profile as Apple describes it. It has the same id each time, so that it replaces itself.
pub fn profile(ca: &Ca) -> String {
    let bytes: String = ca.pem().lines().filter(|line| !line.starts_with('-')).collect();
    let (outer, inner) = (id(ca, '0'), id(ca, '1'));
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>PayloadType</key><string>Configuration</string>
<key>PayloadVersion</key><integer>1</integer>
<key>PayloadIdentifier</key><string>baton.ca.{outer}</string>
<key>PayloadUUID</key><string>{outer}</string>
<key>PayloadDisplayName</key><string>Baton</string>
<key>PayloadDescription</key><string>Lets this device open the pages of your shop safely.</string>
<key>PayloadContent</key><array><dict>
<key>PayloadType</key><string>com.apple.security.root</string>
<key>PayloadVersion</key><integer>1</integer>
<key>PayloadIdentifier</key><string>baton.ca.{inner}</string>
<key>PayloadUUID</key><string>{inner}</string>
<key>PayloadDisplayName</key><string>Baton: this shop's own certificates</string>
<key>PayloadCertificateFileName</key><string>baton-ca.crt</string>
<key>PayloadContent</key><data>{bytes}</data>
</dict></array>
</dict></plist>
"#
    )
}

/// Out of the fingerprint, in the form of a UUID of one's own making (version 8).
fn id(ca: &Ca, part: char) -> String {
    let hex: String = ca.facts.fingerprint.chars().filter(char::is_ascii_hexdigit).collect();
    format!("{}-{}-8{}-8{}-{}{part}", &hex[..8], &hex[8..12], &hex[12..15], &hex[15..18], &hex[18..29])
}
