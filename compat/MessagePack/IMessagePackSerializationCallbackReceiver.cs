namespace MessagePack;

/// <summary>An object that wants to know when it is written and read.</summary>
public interface IMessagePackSerializationCallbackReceiver
{
    /// <summary>Called before the object is written.</summary>
    void OnBeforeSerialize();

    /// <summary>Called after the object has been read.</summary>
    void OnAfterDeserialize();
}
