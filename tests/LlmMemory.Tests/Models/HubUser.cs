using System;
using System.Net;
using LlmMemory.Core.Tests;
using LlmMemory.Core.Tests.Hub;
using LlmMemory.Tests.Hosting;

namespace LlmMemory.Tests.Models;

/// <summary>A user whose hub is a server on this machine that has one model.</summary>
internal sealed class HubUser : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public HubUser()
    {
        Variables = EnvironmentVariables.OfNewUser(_home.Path);
        Variables["HF_ENDPOINT"] = Hub.Server.Address;
        Hub.Add("config.json", TinyModel.ConfigBytes);
        Hub.Add("model.safetensors", TinyModel.SafetensorsBytes());
    }

    public FakeHub Hub { get; } = new();

    public EnvironmentVariables Variables { get; }

    /// <summary>The hub's name in messages.</summary>
    public string Host => new Uri(Hub.Server.Address).Authority;

    /// <summary>The token of the hub as the parameter takes it.</summary>
    public static System.Security.SecureString Token => new NetworkCredential(string.Empty, FakeHub.Token).SecurePassword;

    public void Dispose()
    {
        Variables.Dispose();
        Hub.Dispose();
        _home.Dispose();
    }
}
