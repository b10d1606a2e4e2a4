/* dotnet.exe: Microsoft's own comes in no package. It does what that one does, with the one runtime beside it. */
#include <wchar.h>
#include <windows.h>

typedef int (__cdecl *hostfxr_main_fn)(int argc, const wchar_t **argv);

int wmain(int argc, wchar_t **argv)
{
    static wchar_t self[32768], file[32768];
    HMODULE library;
    hostfxr_main_fn run;
    DWORD length = GetModuleFileNameW(NULL, self, 32768);
    while (length > 0 && self[length - 1] != L'\\')
        length--;
    wcsncpy(file, self, length);
    wcscpy(file + length, HOSTFXR);
    library = LoadLibraryW(file);
    run = library ? (hostfxr_main_fn)(void *)GetProcAddress(library, "hostfxr_main") : NULL;
    if (!run) {
        fwprintf(stderr, L"dotnet.exe: cannot load %ls (error %lu)\n", file, GetLastError());
        return 1;
    }
    argv[0] = self;
    return run(argc, (const wchar_t **)argv);
}
