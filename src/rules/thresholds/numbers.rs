//! The numbers of the thresholds, each once. The table puts them under their ids, a test holds the table to the facts,
//! and every rule that counts takes them from here.
//!
//! Shares are in thousandths: 100 is 10 %.

/// Active users at which a service counts as enabled.
pub const ENABLED_USERS: u32 = 100;
/// The share of the seats that is enough in a small tenant.
pub const ENABLED_SHARE: u32 = 100;
/// Seats below which a tenant is small.
pub const SMALL_TENANT_BELOW: u32 = 1_000;
/// Days within which a user has to act to count as active.
pub const ACTIVE_DAYS: u32 = 28;
/// The report from which active users are read.
pub const USAGE_REPORT: &str = "LYNX";
/// Business days until the first contact after a request for assistance.
pub const FIRST_CONTACT: u32 = 2;
/// The month of the next action after completion.
pub const NEXT_ACTION_MONTH: u32 = 12;
/// The day of that month.
pub const NEXT_ACTION_DAY: u32 = 31;
/// Years between the completion discussion and that day.
pub const NEXT_ACTION_YEARS: u32 = 1;
/// The first milestone of active usage.
pub const TEN: u32 = 100;
/// The second milestone of active usage.
pub const FORTY: u32 = 400;
/// The share from which the service status is adoption.
pub const ADOPTION_FROM: u32 = 10;
/// Seats from which a customer may have the enterprise benefits.
pub const ENTERPRISE_SEATS: u32 = 20_000;
/// Entitlements above which migration is a benefit.
pub const MIGRATION_ABOVE: u32 = 500;
/// The services that are destinations of a migration.
pub const MIGRATION_SERVICES: &[&str] = &["exchange", "sharepoint", "onedrive-for-business"];
/// Weeks between two reviews, at least.
pub const REVIEW_WEEKS_FROM: u32 = 1;
/// Weeks between two reviews, at most.
pub const REVIEW_WEEKS_TO: u32 = 2;
/// The monthly active share that Get Modern aims at.
pub const MODERN: u32 = 700;
/// Months for which the usage of Microsoft 365 Apps is tracked.
pub const TRACKED_MONTHS: u32 = 2;
/// Active Skype users from which the middle way to Teams is meant.
pub const MID_TOUCH_FROM: u32 = 2_000;
/// Active Skype users up to which it is meant.
pub const MID_TOUCH_TO: u32 = 10_000;
/// Business days in which the customer reports issues after a migration event.
pub const ISSUE_REPORT: u32 = 5;
/// Days without an event after which a migration is paused.
pub const MIGRATION_IDLE: u32 = 30;
/// Days of pause after which it ends.
pub const MIGRATION_PAUSED: u32 = 30;
/// Seats above which people help with these security services.
pub const SME_SEATS_ABOVE: u32 = 150;
/// The security services of the smaller limit.
pub const SME_SERVICES: &[&str] = &["aadp", "oatp", "mdatp", "aip"];
/// Seats above which people help with those of the larger limit.
pub const SME_LARGE_ABOVE: u32 = 10_000;
/// The security services of the larger limit.
pub const SME_LARGE_SERVICES: &[&str] = &["mcas", "aatp"];
/// Licences from which a commercial customer is eligible.
pub const COMMERCIAL_FROM: u32 = 150;
/// Seats of faculty and staff from which an education customer is.
pub const EDUCATION_FROM: u32 = 1_000;
/// Weeks between two status notes.
pub const STATUS_WEEKS: u32 = 2;
/// Days after which an enterprise status is too old.
pub const STATUS_DAYS_MOST: u32 = 21;
/// Attempts of the example of a customer who does not answer.
pub const ATTEMPTS: u32 = 3;
/// The services with handshake tasks.
pub const HANDSHAKE_SERVICES: &[&str] = &["outlook-mobile", "teams", "yammer"];
/// The wizards in their order; the first one is no service.
pub const WIZARDS: &[&str] = &[
    "Azure AD Connect",
    "aadp",
    "intune",
    "teams",
    "microsoft-365-apps",
    "exchange",
    "outlook-mobile",
    "sharepoint",
    "onedrive-for-business",
    "yammer",
];
