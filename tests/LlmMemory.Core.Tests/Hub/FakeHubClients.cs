using System;
using LlmMemory.Sources.Hub;

namespace LlmMemory.Core.Tests.Hub;

/// <summary>Clients of a <see cref="FakeHub"/> that do not wait between their tries.</summary>
internal static class FakeHubClients
{
    public static HubOptions Options(this FakeHub hub, string? token = null)
    {
        return new HubOptions
        {
            Endpoint = hub.Server.Address,
            Token = token is null ? null : HubToken.Parse(token),
            Timeout = TimeSpan.FromSeconds(10),
            Wait = (wait, _) => hub.Wait(wait),
        };
    }

    public static HubClient Client(this FakeHub hub, string? token = null)
    {
        return new HubClient(hub.Options(token));
    }
}
