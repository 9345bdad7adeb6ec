using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace LlmMemory.Sources.Hub;

/// <summary>
/// Finds the <see cref="NetworkReach"/> of hosts. Each name is looked up once: where only the proxy knows the names of
/// the Internet, a look-up may take seconds to fail, and every part of every file is a redirect.
/// </summary>
internal sealed class HostReach
{
    private readonly ConcurrentDictionary<string, Task<int>> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How far the host is; the nearest of its addresses counts.</summary>
    /// <param name="address">An address at the host.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task<int> Of(Uri address, CancellationToken cancellation)
    {
        if (address.IsLoopback)
        {
            return NetworkReach.Local;
        }

        var lookup = _known.GetOrAdd(address.DnsSafeHost, LookUp);
        await Task.WhenAny(lookup, Task.Delay(Timeout.Infinite, cancellation)).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return await lookup.ConfigureAwait(false);
    }

    private static async Task<int> LookUp(string host)
    {
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host).ConfigureAwait(false);
            return addresses.Select(NetworkReach.Of).DefaultIfEmpty(NetworkReach.Public).Max();
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            // Only the proxy knows the name, as in many companies; then it is the proxy that reaches it.
            return NetworkReach.Public;
        }
    }
}
