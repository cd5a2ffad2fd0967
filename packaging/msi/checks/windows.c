/*
 * What the tests of the installer do inside Windows:
 *
 *   windows load DLL FUNCTION...     ends with 0 if the library loads from its path and has the functions
 *   windows dialog TEXT              waits for a dialog that shows the text, and prints all that it shows
 *   windows press TEXT BUTTON        waits for it likewise, and presses a button that is enabled
 *   windows refuses TEXT BUTTON      ends with 0 if the button of that dialog is disabled
 *   windows close TITLE              asks the windows of that title to close, as Windows does at an upgrade
 *
 * Texts are UTF-8 and compared without the marks of keys (&).
 */
#include <stdio.h>
#include <string.h>
#include <windows.h>
#include <shellapi.h>

enum { PATIENCE = 60000, PAUSE = 50, LENGTH = 512 };

struct search {
    const wchar_t *text;
    const wchar_t *button;
    HWND dialog;
    HWND found;
    BOOL shown;
};

static void text_of(HWND window, wchar_t *text)
{
    wchar_t raw[LENGTH] = L"";
    const wchar_t *from = raw;
    SendMessageTimeoutW(window, WM_GETTEXT, LENGTH, (LPARAM)raw, SMTO_ABORTIFHUNG, 5000, NULL);
    for (; *from; from++)
        if (*from != L'&')
            *text++ = *from;
    *text = 0;
}

static void print(const wchar_t *text)
{
    char line[LENGTH * 3 + 1];
    if (WideCharToMultiByte(CP_UTF8, 0, text, -1, line, sizeof line, NULL, NULL))
        printf("%s\n", line);
}

static BOOL CALLBACK look_at_control(HWND control, LPARAM parameter)
{
    struct search *search = (struct search *)parameter;
    wchar_t text[LENGTH];
    if (!IsWindowVisible(control))
        return TRUE;
    text_of(control, text);
    if (!wcscmp(text, search->text))
        search->shown = TRUE;
    if (search->button && !wcscmp(text, search->button))
        search->found = control;
    return TRUE;
}

static BOOL CALLBACK print_control(HWND control, LPARAM parameter)
{
    wchar_t text[LENGTH];
    (void)parameter;
    if (IsWindowVisible(control)) {
        text_of(control, text);
        print(text);
    }
    return TRUE;
}

static BOOL CALLBACK look_at_window(HWND window, LPARAM parameter)
{
    struct search *search = (struct search *)parameter;
    if (!IsWindowVisible(window))
        return TRUE;
    search->shown = FALSE;
    search->found = NULL;
    EnumChildWindows(window, look_at_control, parameter);
    if (search->shown && (!search->button || search->found)) {
        search->dialog = window;
        return FALSE;
    }
    return TRUE;
}

static BOOL wait_for(struct search *search)
{
    int waited;
    for (waited = 0; waited < PATIENCE; waited += PAUSE) {
        EnumWindows(look_at_window, (LPARAM)search);
        if (search->dialog)
            return TRUE;
        Sleep(PAUSE);
    }
    fprintf(stderr, "no such dialog\n");
    return FALSE;
}

static int load(int count, wchar_t **arguments)
{
    int index;
    char name[LENGTH];
    HMODULE library = LoadLibraryExW(arguments[0], NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32);
    if (!library)
        return 2;
    for (index = 1; index < count; index++) {
        WideCharToMultiByte(CP_UTF8, 0, arguments[index], -1, name, sizeof name, NULL, NULL);
        if (!GetProcAddress(library, name))
            return 3;
    }
    return 0;
}

static BOOL CALLBACK close_window(HWND window, LPARAM parameter)
{
    wchar_t title[LENGTH];
    text_of(window, title);
    if (!wcscmp(title, (const wchar_t *)parameter))
        PostMessageW(window, WM_CLOSE, 0, 0);
    return TRUE;
}

int main(void)
{
    int count;
    wchar_t **arguments = CommandLineToArgvW(GetCommandLineW(), &count);
    struct search search = {0};
    if (!arguments || count < 3)
        return 1;
    if (!wcscmp(arguments[1], L"load"))
        return load(count - 2, arguments + 2);
    if (!wcscmp(arguments[1], L"close"))
        return !EnumWindows(close_window, (LPARAM)arguments[2]);
    search.text = arguments[2];
    search.button = count > 3 ? arguments[3] : NULL;
    if (!wait_for(&search))
        return 4;
    if (!wcscmp(arguments[1], L"dialog")) {
        EnumChildWindows(search.dialog, print_control, 0);
        return 0;
    }
    if (!search.found)
        return 1;
    if (!wcscmp(arguments[1], L"refuses"))
        return IsWindowEnabled(search.found) ? 5 : 0;
    if (!wcscmp(arguments[1], L"press")) {
        int waited;
        for (waited = 0; !IsWindowEnabled(search.found) && waited < PATIENCE; waited += PAUSE)
            Sleep(PAUSE);
        return PostMessageW(search.found, BM_CLICK, 0, 0) ? 0 : 6;
    }
    return 1;
}
