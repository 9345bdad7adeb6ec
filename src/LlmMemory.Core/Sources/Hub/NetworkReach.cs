using System.Net;
using System.Net.Sockets;

namespace LlmMemory.Sources.Hub;

/// <summary>
/// How far away an address is. A redirect must not lead nearer: a public server has no business with the services of
/// this machine or of this network, and could read through us what it cannot reach itself.
/// </summary>
internal static class NetworkReach
{
    /// <summary>Anywhere on the Internet.</summary>
    public const int Public = 0;

    /// <summary>In this network only (RFC 1918, RFC 4193, RFC 6598).</summary>
    public const int Private = 1;

    /// <summary>On this machine or this link only (loopback; RFC 3927, where clouds keep their credentials).</summary>
    public const int Local = 2;

    /// <summary>How far an address is.</summary>
    /// <param name="address">The address.</param>
    public static int Of(IPAddress address)
    {
        var ip = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = ip.GetAddressBytes();
        if (ip.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return IPAddress.IsLoopback(ip) || ip.IsIPv6LinkLocal || ip.Equals(IPAddress.IPv6Any) ? Local
                : (bytes[0] & 0xFE) == 0xFC || ip.IsIPv6SiteLocal ? Private
                : Public;
        }

        return bytes[0] switch
        {
            0 or 127 => Local,
            169 when bytes[1] == 254 => Local,
            10 => Private,
            172 when bytes[1] is >= 16 and <= 31 => Private,
            192 when bytes[1] == 168 => Private,
            100 when bytes[1] is >= 64 and <= 127 => Private,
            _ => Public,
        };
    }
}
