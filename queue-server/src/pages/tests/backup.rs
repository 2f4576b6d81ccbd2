//! 恢复 on its page: what is asked before, and what is refused.

use super::*;
use crate::backup::{Plan, make, wanted};

fn made(hall: &Hall) -> String {
    let to = hall.app.backups.folder().to_owned();
    let data = hall.app.data.clone();
    let files = crate::record::real_files();
    drop(crate::record::open(&data, &files).unwrap());
    testing::wait_until("the trail is there", || crate::audit::folder(&data).exists());
    let folder = hall.app.reloading.folder().to_owned();
    make(&Plan { data, hall: folder, to, keep: 2, files }).unwrap().name()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_asks_for_password_and_reason_and_is_noted() {
    let hall = Hall::open();
    let name = made(&hall);
    let admin = hall.cookie_of("9105", Role::Admin);
    let list = hall.get("/backup", &admin).await;
    let path = format!("/backup/restore?backup={name}");
    assert!(list.text.contains(&path), "{}", list.text);
    let page = hall.get(&path, &admin).await;
    assert!(page.text.contains("完整") && page.text.contains("确认恢复"), "{}", page.text);
    let wrong = format!("backup={name}&password=wrong+wrong+wrong&why=disk");
    let silent = format!("backup={name}&password={}&why=+", PASSWORD.replace(' ', "+"));
    for refused in [&wrong, &silent] {
        let page = hall.post("/backup/restore", &admin, OURS, refused).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
        assert!(!wanted::waits(&hall.app.data));
    }
    let office = hall.cookie(Role::Office, &[]);
    let right = format!("backup={name}&password={}&why=disk", PASSWORD.replace(' ', "+"));
    hall.post("/backup/restore", &office, OURS, &right).await;
    assert!(!wanted::waits(&hall.app.data), "an administrator alone restores");
    let page = hall.post("/backup/restore", &admin, OURS, &right).await;
    assert_eq!(page.to(), "/backup");
    assert!(wanted::waits(&hall.app.data));
    assert!(hall.get("/backup", &admin).await.text.contains("恢复已登记"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_backup_is_shown_as_such_and_offers_no_restore() {
    let hall = Hall::open();
    let name = made(&hall);
    let list = hall.app.backups.folder().join(&name).join("data/access");
    let file = std::fs::read_dir(&list).into_iter().flatten().flatten().map(|each| each.path());
    let file = file.into_iter().find(|path| path.is_file());
    let file = file.unwrap_or_else(|| hall.app.backups.folder().join(&name).join("hall/hall.toml"));
    std::fs::write(file, "another").unwrap();
    let admin = hall.cookie_of("9105", Role::Admin);
    let page = hall.get(&format!("/backup/restore?backup={name}"), &admin).await;
    assert!(
        page.text.contains("和备份时不一样") && !page.text.contains("确认恢复"),
        "{}",
        page.text
    );
    let right = format!("backup={name}&password={}&why=disk", PASSWORD.replace(' ', "+"));
    let page = hall.post("/backup/restore", &admin, OURS, &right).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!wanted::waits(&hall.app.data));
    for name in ["", "..", "../data", "paihao-none"] {
        let page = hall.get(&format!("/backup/restore?backup={name}"), &admin).await;
        assert!(page.text.contains("不能用来恢复：没有 "), "{name}: {}", page.text);
    }
}
