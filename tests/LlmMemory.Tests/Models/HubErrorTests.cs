using System;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Core.Tests.Hub;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests.Models;

/// <summary>What the hub refuses is one error each, and the other models are read.</summary>
public sealed class HubErrorTests(ModuleSession session) : IClassFixture<ModuleSession>, IDisposable
{
    private readonly HubUser _user = new();

    public static TheoryData<int, string?, string, ErrorCategory> Refusals => new()
    {
        { 401, "GatedRepo", "HubAccessDenied", ErrorCategory.PermissionDenied },
        { 403, "GatedRepo", "HubAccessDenied", ErrorCategory.PermissionDenied },
        { 403, null, "HubAccessDenied", ErrorCategory.PermissionDenied },
        { 401, "RepoNotFound", "HubModelNotFound", ErrorCategory.ObjectNotFound },
        { 404, "RepoNotFound", "HubModelNotFound", ErrorCategory.ObjectNotFound },
        { 404, "RevisionNotFound", "HubRevisionNotFound", ErrorCategory.ObjectNotFound },
        { 418, null, "HubResponseInvalid", ErrorCategory.InvalidResult },
    };

    public void Dispose()
    {
        _user.Dispose();
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_refusal_is_an_error_of_its_own_and_the_rest_goes_on(int status, string? code, string errorId, ErrorCategory category)
    {
        _user.Hub.Script(FakeReply.Error(status, code));

        var result = session.Run("Get-LlmModel -ModelId acme/bad, acme/tiny-1b");

        var target = errorId == "HubRevisionNotFound" ? "main" : "acme/bad";
        AssertError(Assert.Single(result.Errors), errorId, category, target);
        Assert.Equal("acme/tiny-1b", Assert.Single(result.Output).Get("Name"));
    }

    [Theory]
    [InlineData("Get-LlmModel -ModelId acme/none, 'a/b/c', acme/tiny-1b", "GetLlmModelCommand")]
    [InlineData("Get-LlmMemoryEstimate -ModelId acme/none, 'a/b/c', acme/tiny-1b", "GetLlmMemoryEstimateCommand")]
    [InlineData("Get-LoraMemoryEstimate -ModelId acme/none, 'a/b/c', acme/tiny-1b -AdapterParameters 1M", "GetLoraMemoryEstimateCommand")]
    public void Every_command_goes_on_after_a_bad_id(string command, string name)
    {
        var result = session.Run(command);

        Assert.Single(result.Output);
        Assert.Equal(
            [$"HubModelNotFound,LlmMemory.Commands.{name}", $"ModelIdInvalid,LlmMemory.Commands.{name}"],
            result.Errors.Select(error => error.FullyQualifiedErrorId));
        Assert.Equal(["acme/none", "a/b/c"], result.Errors.Select(error => error.TargetObject));
    }

    [Theory]
    [InlineData("HF_HUB_OFFLINE")]
    [InlineData("TRANSFORMERS_OFFLINE")]
    public void Offline_the_hub_is_not_asked(string variable)
    {
        _user.Variables[variable] = "1";

        var result = session.Run("Get-LlmModel -ModelId acme/tiny-1b");

        AssertError(Assert.Single(result.Errors), "HubOffline", ErrorCategory.ResourceUnavailable, "acme/tiny-1b");
        Assert.Empty(_user.Hub.Server.Requests);
    }

    [Theory]
    [InlineData("http://example.com")]
    [InlineData("http://10.0.0.1")]
    [InlineData("huggingface.co")]
    public void An_endpoint_that_is_not_safe_ends_the_command(string endpoint)
    {
        _user.Variables["HF_ENDPOINT"] = endpoint;

        var result = session.Run("Get-LlmModel -ModelId acme/tiny-1b, acme/tiny-1b");

        AssertError(Assert.Single(result.Errors), "HubEndpointInvalid", ErrorCategory.InvalidArgument, endpoint);
    }

    [Fact]
    public void A_revision_that_is_none_is_not_asked_for()
    {
        var result = session.Run("Get-LlmModel -ModelId acme/tiny-1b -Revision 'a..b'");

        AssertError(Assert.Single(result.Errors), "ModelRevisionInvalid", ErrorCategory.InvalidArgument, "a..b");
        Assert.Empty(_user.Hub.Server.Requests);
    }

    [Fact]
    public void Too_many_requests_for_an_hour_are_not_waited_for()
    {
        _user.Hub.Script(FakeReply.Error(429, header: "Retry-After", value: "3600"));

        var result = session.Run("Get-LlmModel -ModelId acme/tiny-1b, acme/tiny-1b");

        var error = Assert.Single(result.Errors);
        AssertError(error, "HubRateLimited", ErrorCategory.ResourceUnavailable, "acme/tiny-1b");
        Assert.Contains("in 3600 seconds", error.Exception.Message, StringComparison.Ordinal);
        Assert.Single(result.Output);
    }

    [Fact]
    public void A_body_that_is_always_cut_off_is_an_error()
    {
        _user.Hub.StorageAnswer = request => FakeReply.File(TinyModel.SafetensorsBytes(), request) with { CutAfter = 100 };

        var result = session.Run("Get-LlmModel -ModelId acme/tiny-1b");

        AssertError(Assert.Single(result.Errors), "HubUnavailable", ErrorCategory.ConnectionError, "acme/tiny-1b");
        Assert.Equal(5, _user.Hub.Storage.Requests.Count);
    }

    [Fact]
    public void Several_GGUF_files_are_an_error_that_names_them()
    {
        using var hub = new FakeHub();
        hub.Add("tiny-Q4_K_M.gguf", new byte[10]);
        hub.Add("tiny-Q8_0.gguf", new byte[10]);
        _user.Variables["HF_ENDPOINT"] = hub.Server.Address;

        var error = Assert.Single(session.Run("Get-LlmModel -ModelId acme/tiny-1b").Errors);

        AssertError(error, "ModelFormatUnknown", ErrorCategory.InvalidArgument, $"acme/tiny-1b@0123456789ab on {new Uri(hub.Server.Address).Authority}");
        Assert.Contains("tiny-Q4_K_M.gguf, tiny-Q8_0.gguf", error.Exception.Message, StringComparison.Ordinal);
    }

    private static void AssertError(ErrorRecord error, string errorId, ErrorCategory category, object target)
    {
        Assert.Equal(
            ($"{errorId},LlmMemory.Commands.GetLlmModelCommand", category, target),
            (error.FullyQualifiedErrorId, error.CategoryInfo.Category, error.TargetObject));
    }
}
