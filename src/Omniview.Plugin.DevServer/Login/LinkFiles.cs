using System.Globalization;
using System.Net;
using System.Text;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.DevServer.Login;

/// <summary>
/// Pages that do nothing but lead a browser to the dashboard, so that what a browser is started with, which other users
/// can see, says nothing. Only our user can read them; each is named for the host whose it is.
/// </summary>
internal sealed class LinkFiles(string folder)
{
    private const string Extension = ".html"; // by which desktops find the browser

    /// <summary>The file; null when it can't be written.</summary>
    public string? Write(Uri link)
    {
        var own = ProcessIdentity.Current;
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{own.Pid}-{own.StartTicks}-{Randomness.Hex(8)}{Extension}");
        var file = Path.Combine(folder, name);
        try
        {
            Make(folder);
            StateFile.Write(file, Encoding.UTF8.GetBytes(Page(link)), durable: false);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static void Delete(string? file)
    {
        if (file is not null)
        {
            StateFile.TryRemove(file); // what is in it has been used up, or ends with this host
        }
    }

    /// <summary>Deletes those of hosts that were killed, and nothing that is not named like one.</summary>
    public static void Sweep(string folder)
    {
        try
        {
            var own = new DirectoryInfo(folder);
            if (own is { Exists: true, LinkTarget: null })
            {
                var left = own.EnumerateFiles($"*{Extension}").Where(file => Writer(file.Name) is { IsAlive: false });
                left.ToList().ForEach(file => Delete(file.FullName));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // the next host's
        }
    }

    private static void Make(string folder)
    {
        if (new DirectoryInfo(folder) is { LinkTarget: not null })
        {
            throw new IOException($"{folder} is a link, and must be a folder.");
        }

        Permissions.CreateFolder(folder, Permissions.OwnerFolder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, Permissions.OwnerFolder);
        }
    }

    private static ProcessIdentity? Writer(string name) =>
        name.Split('-') is [var pid, var ticks, _]
        && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? new ProcessIdentity(number, start)
            : null;

    private static string Page(Uri link)
    {
        var address = WebUtility.HtmlEncode(link.AbsoluteUri);
        return $"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="referrer" content="no-referrer">
            <meta http-equiv="refresh" content="0; url={address}">
            <title>Omniview dev host</title>
            <p><a href="{address}">Open the dashboard</a></p>
            </html>

            """;
    }
}
