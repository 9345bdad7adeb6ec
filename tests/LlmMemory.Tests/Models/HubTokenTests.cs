using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text;
using LlmMemory.Core.Tests.Hub;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests.Models;

/// <summary>The token reaches the hub and nothing else: no second host, no stream, no serialised error.</summary>
public sealed class HubTokenTests(ModuleSession session) : IClassFixture<ModuleSession>, IDisposable
{
    private const string WithToken = "$token = @($input)[0]; $Error.Clear(); $DebugPreference = 'Continue'; ";

    private readonly HubUser _user = new();

    public void Dispose()
    {
        _user.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_token_goes_to_the_hub_and_not_to_the_second_host(bool isTyped)
    {
        _user.Variables["HF_TOKEN"] = isTyped ? "hf_AnotherAnotherAnother" : FakeHub.Token;

        session.Run(WithToken + $"Get-LlmModel -ModelId acme/tiny-1b {(isTyped ? "-Token $token" : string.Empty)}", HubUser.Token).Single();

        Assert.All(_user.Hub.Server.Requests, request => Assert.Equal("Bearer " + FakeHub.Token, request.Token));
        Assert.All(_user.Hub.Storage.Requests, request => Assert.Null(request.Token));
        Assert.NotEmpty(_user.Hub.Storage.Requests);
    }

    [Theory]
    [InlineData(401, null, "HubTokenRejected")]
    [InlineData(401, "RepoNotFound", "HubTokenRejected")]
    [InlineData(403, "GatedRepo", "HubAccessDenied")]
    [InlineData(404, "RepoNotFound", "HubModelNotFound")]
    [InlineData(418, null, "HubResponseInvalid")]
    public void No_stream_and_no_serialised_error_has_the_token(int status, string? code, string errorId)
    {
        // A server that sends the token back in every place that it has.
        var reply = FakeReply.Error(status, code, "X-Error-Message", FakeHub.Token) with { Body = Encoding.ASCII.GetBytes(FakeHub.Token) };
        _user.Hub.Script(reply, FakeReply.Json(FakeHub.Token), FakeReply.Redirect($"http://example.com/?token={FakeHub.Token}"));

        var result = session.Run(
            WithToken + "Get-LlmModel -ModelId a/refused, a/nonsense, a/redirected, acme/tiny-1b -Token $token -Verbose", HubUser.Token);

        Assert.Equal([errorId, "HubResponseInvalid", "HubResponseInvalid"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Single(result.Output);
        AssertNotShown(result);
    }

    [Fact]
    public void A_token_typed_as_text_is_refused_without_being_repeated()
    {
        var result = session.Run($"$Error.Clear(); $text = '{FakeHub.Token}'" + Environment.NewLine + "Get-LlmModel -ModelId acme/tiny-1b -Token $text");

        Assert.StartsWith("CannotConvertArgument", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeHub.Token, Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Empty(_user.Hub.Server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hf_a b")]
    public void A_token_that_is_none_ends_the_command_and_is_not_repeated(string token)
    {
        var given = new System.Net.NetworkCredential(string.Empty, token).SecurePassword;

        var result = session.Run(WithToken + "Get-LlmModel -ModelId acme/tiny-1b, acme/tiny-1b -Token $token", given);

        var error = Assert.Single(result.Errors);
        Assert.Equal(("HubTokenInvalid,LlmMemory.Commands.GetLlmModelCommand", ErrorCategory.InvalidArgument, null), (error.FullyQualifiedErrorId, error.CategoryInfo.Category, error.TargetObject));
        Assert.Empty(_user.Hub.Server.Requests);
    }

    [Fact]
    public void A_bad_token_of_the_environment_is_told_by_where_it_stands_and_a_typed_one_goes_before_it()
    {
        _user.Variables["HF_TOKEN"] = "hf_a b";

        var alone = session.Run("Get-LlmModel -ModelId acme/tiny-1b");
        var typed = session.Run(WithToken + "Get-LlmModel -ModelId acme/tiny-1b -Token $token", HubUser.Token);

        var message = Assert.Single(alone.Errors).Exception.Message;
        Assert.Contains("HF_TOKEN", message, StringComparison.Ordinal);
        Assert.DoesNotContain("hf_a b", message, StringComparison.Ordinal);
        typed.Single();
    }

    private void AssertNotShown(PipelineResult result)
    {
        IEnumerable<string> shown =
        [
            .. result.Verbose, .. result.Warnings, .. result.Debug, .. result.Progress.Select(record => record.ToString()),
            .. result.Output.Concat(result.Errors.Select(PSObject.AsPSObject)).Select(item => PSSerializer.Serialize(item, 4)),
            .. result.Errors.Select(error => $"{error} {error.Exception} {error.InvocationInfo.Line}"),
            .. session.Run("[Management.Automation.PSSerializer]::Serialize($Error, 6)").Output.Select(item => item.ToString()),
        ];
        var text = string.Join('\n', shown);

        // Where there is no data protection, PowerShell serialises a SecureString as the digits of its UTF-16 letters.
        Assert.Contains("a/refused", text, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeHub.Token, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(Encoding.Unicode.GetBytes(FakeHub.Token)), text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(FakeHub.Token)), text, StringComparison.Ordinal);
    }
}
